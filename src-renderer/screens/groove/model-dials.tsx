import { GROOVE_STYLES, type GrooveStyle, type Pattern, SKELETON_STYLE_NAMES } from '#shared/model';
import {
  setGenerator,
  type Towards,
  useDocument,
  useGenerator,
  useLibrary,
  useShownPattern,
} from '#renderer/state';
import { CheckBox, NumberField, Picker, Segments, Slider } from '#renderer/ui';
import { Dial, ShareDial } from './dial';
import { STYLE_CHOICES } from './skeleton-dials';

const MANNER_NAMES: Readonly<Partial<Record<GrooveStyle, string>>> = {
  other: 'Any manner',
  afrocuban: 'Afro-Cuban',
  hiphop: 'Hip-hop',
  neworleans: 'New Orleans',
};
export const MANNER_CHOICES = GROOVE_STYLES.map(value => ({
  value,
  name: MANNER_NAMES[value] ?? `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`,
}));
const FILL_LENGTHS = [
  { value: '4', name: 'A beat' },
  { value: '8', name: 'Two beats' },
  { value: '16', name: 'A bar' },
] as const;
const HUMANISING = [
  { value: 'human', name: 'Human' },
  { value: 'tight', name: 'Tight' },
  { value: 'regroove', name: 'Again' },
] as const;
const COLOURS = [
  { value: 'exact', name: 'Safe' },
  { value: 'colourful', name: 'Colourful' },
] as const;
/** Strokes in a bar at the slider's right end. */
const MOST_DENSITY = 32;

export function WritingDials() {
  const { writing, density, change, feel, temperature } = useGenerator();
  return (
    <>
      <Dial name="Density" value={density === null ? 'as is' : `${density} a bar`}>
        <Slider
          label="Strokes in a bar; at the left end as the music wants"
          value={density ?? 0}
          minimum={0}
          maximum={MOST_DENSITY}
          step={1}
          rest={0}
          onChange={value => setGenerator({ density: value < 1 ? null : value })}
        />
      </Dial>
      {writing === 'vary' ? (
        <ShareDial
          name="Change"
          label="How much is written anew"
          value={change}
          rest={0.4}
          onChange={value => setGenerator({ change: value })}
        />
      ) : null}
      <ShareDial
        name="Feel"
        label="How much of a drummer’s feel new strokes get"
        value={feel}
        rest={1}
        onChange={value => setGenerator({ feel: value })}
      />
      <ShareDial
        name="Chance"
        label="Chance: 1 as learnt, above it wilder"
        value={temperature}
        rest={1}
        maximum={2}
        words={temperature.toFixed(2)}
        onChange={value => setGenerator({ temperature: value })}
      />
      <Region />
      <Keeps />
    </>
  );
}

/** Which bars are written. */
function Region() {
  const { writing, firstBar, lastBar, fillBar, fillLength, moreBars } = useGenerator();
  const pattern = useShownPattern();
  const bars = pattern?.bars.length ?? 1;
  if (writing === 'infill') {
    return (
      <Dial name="Bars">
        <span className="flex gap-2">
          <BarField
            label="First bar filled in"
            prefix="from"
            value={Math.min(firstBar, bars)}
            maximum={bars}
            onCommit={bar => setGenerator({ firstBar: bar, lastBar: Math.max(bar, lastBar) })}
          />
          <BarField
            label="Last bar filled in"
            prefix="to"
            value={Math.min(lastBar, bars)}
            maximum={bars}
            onCommit={bar => setGenerator({ lastBar: bar, firstBar: Math.min(bar, firstBar) })}
          />
        </span>
      </Dial>
    );
  }
  if (writing === 'fill') {
    return (
      <>
        <Dial name="Fill in bar">
          <BarField
            label="Bar of the fill"
            value={Math.min(fillBar, bars)}
            maximum={bars}
            onCommit={bar => setGenerator({ fillBar: bar })}
          />
        </Dial>
        <Dial name="Its length">
          <Segments
            label="Length of the fill"
            small
            fill
            value={FILL_LENGTHS.find(one => Number(one.value) === fillLength)?.value ?? '8'}
            choices={FILL_LENGTHS}
            onChange={value => setGenerator({ fillLength: Number(value) })}
          />
        </Dial>
      </>
    );
  }
  if (writing !== 'continue') return null;
  return (
    <Dial name="More bars">
      <BarField
        label="Bars added"
        value={moreBars}
        maximum={Math.max(1, 128 - bars)}
        onCommit={value => setGenerator({ moreBars: value })}
      />
    </Dial>
  );
}

function BarField(props: {
  readonly label: string;
  readonly prefix?: string;
  readonly value: number;
  readonly maximum: number;
  readonly onCommit: (bar: number) => void;
}) {
  const { label, prefix, value, maximum, onCommit } = props;
  return (
    <NumberField
      label={label}
      {...(prefix === undefined ? {} : { prefix })}
      value={value}
      minimum={1}
      maximum={maximum}
      className="min-w-0 flex-1"
      onCommit={bar => onCommit(Math.round(bar))}
    />
  );
}

/** What the selection means to the writer. */
function Keeps() {
  const { onlySelectedRows, keepSelected, writing } = useGenerator();
  const selected = useDocument(state => state.selection.size);
  return (
    <Dial name="Selected hits">
      <span className="flex flex-col">
        <CheckBox
          label="Selected hits stay as they are"
          isChosen={keepSelected}
          onChange={value => setGenerator({ keepSelected: value })}
          className="flex h-6 items-center gap-2"
        >
          <span className="truncate text-ink-3">stay{selected > 0 ? ` (${selected})` : ''}</span>
        </CheckBox>
        {writing === 'vary' || writing === 'infill' ? (
          <CheckBox
            label="Only the rows of the selected hits are written"
            isChosen={onlySelectedRows}
            onChange={value => setGenerator({ onlySelectedRows: value })}
            className="flex h-6 items-center gap-2"
          >
            <span className="truncate text-ink-3">only their rows</span>
          </CheckBox>
        ) : null}
      </span>
    </Dial>
  );
}

export function HumaniseDials() {
  const { humanising, amount, temperature } = useGenerator();
  return (
    <>
      <Dial name="Played">
        <Segments
          label="How it is humanised"
          small
          fill
          value={humanising}
          choices={HUMANISING}
          onChange={value => setGenerator({ humanising: value })}
        />
      </Dial>
      {humanising === 'regroove' ? null : (
        <ShareDial
          name="Amount"
          label="How much of the drummer’s velocities and feel"
          value={amount}
          rest={1}
          onChange={value => setGenerator({ amount: value })}
        />
      )}
      {humanising === 'tight' ? null : (
        <ShareDial
          name="Chance"
          label="Chance: 1 as learnt, above it wilder"
          value={temperature}
          rest={1}
          maximum={2}
          words={temperature.toFixed(2)}
          onChange={value => setGenerator({ temperature: value })}
        />
      )}
    </>
  );
}

export function TapDials() {
  const { colour } = useGenerator();
  return (
    <Dial name="Beat">
      <Segments
        label="How far the beat goes beyond the rhythm"
        small
        fill
        value={colour}
        choices={COLOURS}
        onChange={value => setGenerator({ colour: value })}
      />
    </Dial>
  );
}

const nameOfTowards = (towards: Towards): string =>
  towards.kind === 'style' ? `style:${towards.style}` : `pattern:${towards.id}`;

export function MorphDials({ pattern }: { readonly pattern: Pattern | null }) {
  const { towards, position } = useGenerator();
  const patterns = useLibrary(state => state.patterns);
  const documentId = useDocument(state => state.id);
  const choices: { readonly value: string; readonly name: string; readonly towards: Towards }[] = [
    ...patterns
      .filter(other => other.id !== documentId)
      .map(other => ({
        value: `pattern:${other.id}`,
        name: other.name,
        towards: { kind: 'pattern', id: other.id } as const,
      })),
    ...STYLE_CHOICES.map(({ value: style }) => ({
      value: `style:${style}`,
      name: `${SKELETON_STYLE_NAMES[style]} skeleton`,
      towards: { kind: 'style', style } as const,
    })),
  ];
  return (
    <>
      <Dial name="Towards">
        <Picker
          label="Groove to morph towards"
          value={nameOfTowards(towards)}
          choices={choices}
          onChange={value => {
            const choice = choices.find(one => one.value === value);
            if (choice) setGenerator({ towards: choice.towards });
          }}
        />
      </Dial>
      <ShareDial
        name="Way"
        label="How far on the way to the other groove"
        value={position}
        rest={0.5}
        onChange={value => setGenerator({ position: value })}
      />
      {pattern && pattern.bars.length > 2 ? (
        <p className="text-ink-3">Grooves are morphed two bars at a time.</p>
      ) : null}
    </>
  );
}
