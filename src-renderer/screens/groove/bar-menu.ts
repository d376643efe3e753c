import { type BarRange, inRange } from '#shared/edit';
import { barStarts, meterText, type Pattern, parseMeter } from '#shared/model';
import { keysOf, select } from '#renderer/state';
import type { MenuChoice, MenuPart } from '#renderer/ui';
import { barsName, deleteBars, duplicateBars, insertBar, setMeter } from './bar-gestures';
import type { Gesture } from './gestures';
import { carryOut } from './grid-state';
import { openGrooveDialog } from './groove-dialogs';

const METERS = ['4/4', '3/4', '6/8', '7/8'] as const;

/** What can be done to bars of the ruler. */
export function barMenu(pattern: Pattern, range: BarRange): readonly MenuPart[] {
  const does = (id: string, name: string, keys: string, gesture: Gesture | null): MenuChoice => ({
    id,
    name,
    keys,
    isDisabled: gesture === null,
    run: () => carryOut(gesture),
  });
  const starts = barStarts(pattern.bars);
  const meters = new Set(pattern.bars.slice(range.from, range.to).map(meterText));
  return [
    {
      name: 'Bars',
      choices: [
        does(
          'duplicate',
          `Duplicate ${barsName(range)}`,
          keysOf('duplicate-bar'),
          duplicateBars(pattern, range),
        ),
        does('before', 'Insert a bar before', keysOf('insert-bar'), insertBar(pattern, range, 'before')),
        does('after', 'Insert a bar after', keysOf('insert-bar-after'), insertBar(pattern, range, 'after')),
        does('delete', `Delete ${barsName(range)}`, keysOf('delete-bar'), deleteBars(pattern, range)),
      ],
    },
    {
      name: 'Meter and tempo',
      choices: [
        ...METERS.flatMap((text): MenuChoice[] => {
          const meter = parseMeter(text);
          const isOn = meters.size === 1 && meters.has(text);
          return meter
            ? [{ id: text, name: text, isOn, run: () => carryOut(setMeter(pattern, range, meter)) }]
            : [];
        }),
        {
          id: 'settings',
          name: 'Meter and tempo here…',
          keys: keysOf('bar-settings'),
          run: () => openGrooveDialog({ kind: 'bars', range }),
        },
      ],
    },
    {
      name: 'Selecting',
      choices: [
        {
          id: 'select',
          name: `Select the hits of ${barsName(range)}`,
          run: () => select(inRange(pattern, starts[range.from] ?? 0, starts[range.to] ?? Infinity)),
        },
      ],
    },
  ];
}
