import { useState } from 'react';
import type { BarRange } from '#shared/edit';
import { barStarts, meterText, type Pattern, parseMeter, timeOf } from '#shared/model';
import { Button, CheckBox, Dialog, NumberField, TextField } from '#renderer/ui';
import { barsName, setMeter, setTempoFrom } from './bar-gestures';
import { DialogLine } from './dialog-line';
import { carryOut } from './grid-state';
import { closeGrooveDialog } from './groove-dialogs';
import { METER_EXAMPLES } from './groove-toolbar';

const METERS = ['4/4', '3/4', '5/4', '6/8', '7/8', '2+2+3/8', '9/8', '12/8'] as const;

/** Meter and tempo of some bars; each change is done at once, and undone with Undo. */
export function BarDialog({
  pattern,
  range: first,
}: {
  readonly pattern: Pattern;
  readonly range: BarRange;
}) {
  const [range, setRange] = useState(first);
  const { bars } = pattern;
  const meters = new Set(bars.slice(range.from, range.to).map(meterText));
  const [meter = ''] = meters;
  const start = barStarts(bars)[range.from] ?? 0;
  const next = barStarts(bars)[range.from + 1] ?? Infinity;
  const tempo = timeOf(pattern).tempoAt(start);
  const changes = pattern.tempoChanges.some(({ at }) => at >= start && at < next);
  const chooseMeter = (text: string): string | null => {
    const wanted = parseMeter(text);
    if (wanted) carryOut(setMeter(pattern, range, wanted));
    return wanted ? null : METER_EXAMPLES;
  };
  return (
    <Dialog
      title={`Meter and tempo of ${barsName(range)}`}
      isOpen
      onClose={closeGrooveDialog}
      className="w-140"
      footer={
        <>
          <span className="flex-1 text-ink-3">Each change is a step that Undo takes back.</span>
          <Button look="primary" onPress={closeGrooveDialog}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <DialogLine name="Bars">
          <NumberField
            label="From bar"
            value={range.from + 1}
            minimum={1}
            maximum={bars.length}
            className="w-20"
            onCommit={bar => setRange({ from: bar - 1, to: Math.max(bar, range.to) })}
          />
          to
          <NumberField
            label="To bar"
            value={range.to}
            minimum={1}
            maximum={bars.length}
            className="w-20"
            onCommit={bar => setRange({ from: Math.min(range.from, bar - 1), to: bar })}
          />
          <Button look="ghost" onPress={() => setRange({ from: 0, to: bars.length })}>
            All bars
          </Button>
        </DialogLine>
        <DialogLine name="Meter">
          <TextField
            label="Meter, such as 4/4 or 3+2+2/8"
            value={meters.size === 1 ? meter : 'Mixed'}
            className="w-28"
            onCommit={chooseMeter}
          />
          <span className="text-ink-3">additive too: 3+2+2/8</span>
        </DialogLine>
        <div role="group" aria-label="Common meters" className="flex flex-wrap gap-1 pl-34">
          {METERS.map(text => (
            <Button
              key={text}
              small
              look={text === meter ? 'plain' : 'line'}
              onPress={() => chooseMeter(text)}
            >
              {text}
            </Button>
          ))}
        </div>
        <DialogLine name="Tempo from here on">
          <NumberField
            label={`Tempo from bar ${range.from + 1}`}
            unit="BPM"
            value={tempo}
            minimum={20}
            maximum={400}
            digits={tempo % 1 === 0 ? 0 : 2}
            className="w-28"
            onCommit={value => carryOut(setTempoFrom(pattern, range.from, value), `tempo ${range.from}`)}
          />
          {range.from > 0 ? (
            <CheckBox
              isChosen={changes}
              onChange={isOn => carryOut(isOn ? null : setTempoFrom(pattern, range.from, null))}
            >
              Changes in this bar
            </CheckBox>
          ) : null}
        </DialogLine>
      </div>
    </Dialog>
  );
}
