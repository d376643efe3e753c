import { Minus, Plus } from 'lucide-react';
import { memo, useMemo } from 'react';
import { barStarts, MOST_BARS, meterText, type Pattern, parseMeter, timeOf } from '#shared/model';
import type { Layer } from '#shared/protocol';
import {
  changeKit,
  isJoining,
  keysOf,
  openPattern,
  runCommand,
  setView,
  shownPattern,
  undoChange,
  useDocument,
  useLibrary,
  useView,
} from '#renderer/state';
import { Button, IconButton, Keys, MenuButton, NumberField, Picker, TextField } from '#renderer/ui';
import { barsName, setBarCount, setMeter, setSwing, setTempoAt } from './bar-gestures';
import { clampStep } from './geometry';
import { carryOut } from './grid-state';
import { BARS_MENU, EDIT_MENU, menuOf, SELECT_MENU } from './groove-menus';
import { meantBars } from './meaning';

const LAYERS: readonly { readonly value: Layer; readonly name: string }[] = [
  { value: 'core', name: 'Core' },
  { value: 'core-accent', name: 'Core + Accent' },
  { value: 'full', name: 'Full' },
];
const SWING_BASES = [
  { value: '8th', name: '8th' },
  { value: '16th', name: '16th' },
] as const;

export const METER_EXAMPLES = 'Like 4/4, 7/8 or 3+2+2/8';

export function GrooveToolbar({ pattern }: { readonly pattern: Pattern }) {
  return (
    <div
      role="toolbar"
      aria-label="Groove"
      data-panel=""
      className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      <WhatIsOpen />
      <span className="h-6 w-px shrink-0 bg-line" />
      <TimeFields pattern={pattern} />
      <span className="min-w-0 flex-1" />
      <MenuButton name="Select" label="Select hits" parts={() => menuOf(SELECT_MENU)} />
      <MenuButton name="Edit" label="Edit hits" parts={() => menuOf(EDIT_MENU)} />
      <MenuButton name="Bars" parts={() => menuOf(BARS_MENU)} />
      <Quantising />
      <Zoom />
    </div>
  );
}

function WhatIsOpen() {
  const layer = useDocument(state => state.layer);
  const documentId = useDocument(state => state.id);
  const kitId = useDocument(state => state.kitId);
  const patterns = useLibrary(state => state.patterns);
  const kits = useLibrary(state => state.kits);
  const name = useDocument(state => state.name);
  const isListed = patterns.some(one => one.id === documentId);
  const choices = [
    ...(isListed || documentId === null ? [] : [{ value: documentId, name }]),
    ...patterns.map(one => ({ value: one.id, name: one.id === documentId ? name : one.name })),
  ];
  return (
    <>
      <Picker
        label="Pattern"
        value={documentId}
        choices={choices}
        onChange={openPattern}
        strong
        className="w-34 min-w-24 shrink"
      />
      <Picker
        label="Layer"
        value={layer}
        choices={LAYERS}
        onChange={value => useDocument.setState({ layer: value })}
        className="w-20 shrink-0"
      />
      <Picker
        label="Kit under the groove"
        prefix="Kit"
        value={kits.some(kit => kit.id === kitId) ? kitId : null}
        placeholder="none"
        choices={kits.map(kit => ({ value: kit.id, name: kit.name }))}
        onChange={id => void changeKit(id)}
        className="hidden w-40 min-[1600px]:block"
      />
    </>
  );
}

/** How long, in which meter, how fast and how swung: of the bars that are meant, or of all. */
function TimeFields({ pattern }: { readonly pattern: Pattern }) {
  const selection = useDocument(state => state.selection);
  const cursor = useDocument(state => state.cursor);
  const { from, to } = meantBars(pattern, { selection, cursor });
  return <FieldsOf pattern={pattern} from={from} to={to} />;
}

/** The fields of the bars from `from` up to `to`. */
const FieldsOf = memo(function FieldsOf(props: {
  readonly pattern: Pattern;
  readonly from: number;
  readonly to: number;
}) {
  const { pattern, from, to } = props;
  const range = useMemo(() => ({ from, to }), [from, to]);
  const { bars, swing } = pattern;
  const meters = new Set(bars.slice(range.from, range.to).map(meterText));
  const [meter = ''] = meters;
  const tempo = timeOf(pattern).tempoAt(barStarts(bars)[range.from] ?? 0);
  return (
    <>
      <NumberField
        label={`Tempo at bar ${range.from + 1}`}
        unit="BPM"
        value={tempo}
        minimum={20}
        maximum={400}
        digits={tempo % 1 === 0 ? 0 : 2}
        className="hidden w-24 wide:inline-flex"
        onCommit={value => carryOut(setTempoAt(pattern, range.from, value), `tempo ${range.from}`)}
      />
      <TextField
        label={`Meter of ${barsName(range)}`}
        value={meters.size === 1 ? meter : 'Mixed'}
        className="w-17"
        onCommit={text => {
          const wanted = parseMeter(text);
          if (wanted) carryOut(setMeter(pattern, range, wanted));
          return wanted ? null : METER_EXAMPLES;
        }}
      />
      <NumberField
        label="Bars of the groove"
        prefix="Bars"
        value={bars.length}
        minimum={1}
        maximum={MOST_BARS}
        className="w-19"
        onCommit={changeBarCount}
      />
      <NumberField
        label="Swing, percent of the pair"
        prefix="Swing"
        unit="%"
        value={swing.percent}
        minimum={50}
        maximum={75}
        digits={swing.percent % 1 === 0 ? 0 : 1}
        className="w-23"
        onCommit={percent => carryOut(setSwing(pattern, { percent }), 'swing')}
      />
      <Picker
        label="Swing base"
        value={swing.base}
        choices={SWING_BASES}
        className="w-17 shrink-0"
        onChange={base => carryOut(setSwing(pattern, { base }))}
      />
    </>
  );
});

const BAR_COUNT = 'bars of the groove';

/** Counts from where the gesture began, so that bars that a drag takes away and brings back have their hits again. */
function changeBarCount(bars: number): void {
  if (isJoining(BAR_COUNT)) undoChange();
  const pattern = shownPattern(useDocument.getState());
  if (pattern) carryOut(setBarCount(pattern, bars), BAR_COUNT);
}

function Quantising() {
  const percent = useView(state => state.quantisePercent);
  return (
    <span className="flex shrink-0 items-center gap-1">
      <span className="hidden wide:inline-flex">
        <Button look="ghost" onPress={() => runCommand('quantise')}>
          Quantise <Keys keys={keysOf('quantise')} />
        </Button>
      </span>
      <NumberField
        label="Strength of quantising"
        prefix={keysOf('quantise')}
        unit="%"
        value={percent}
        minimum={0}
        maximum={100}
        step={5}
        className="w-19"
        onCommit={value => setView({ quantisePercent: Math.round(value) })}
      />
    </span>
  );
}

function Zoom() {
  const stepWidth = useView(state => state.stepWidth);
  return (
    <span className="hidden min-[1600px]:inline-flex">
      <IconButton
        label="Zoom out"
        keys={keysOf('zoom-out')}
        onPress={() => runCommand('zoom-out')}
        isDisabled={clampStep(stepWidth / 1.01) === stepWidth}
      >
        <Minus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Zoom in"
        keys={keysOf('zoom-in')}
        onPress={() => runCommand('zoom-in')}
        isDisabled={clampStep(stepWidth * 1.01) === stepWidth}
      >
        <Plus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
