import { Dices } from 'lucide-react';
import {
  meterText,
  parseMeter,
  ROLE_NAMES,
  ROLES_IN_ORDER,
  SKELETON_STYLE_NAMES,
  SKELETON_STYLES,
} from '#shared/model';
import type { Choice } from '#shared/protocol';
import {
  type GeneratorSettings,
  generate,
  keysOf,
  rollSeed,
  setGenerator,
  useDocument,
  useGenerator,
  useKitDraft,
  useLibrary,
  useShownPattern,
  useTrack,
  useView,
} from '#renderer/state';
import {
  Button,
  CheckBox,
  classNames,
  IconButton,
  NumberField,
  PanelHead,
  percent,
  Picker,
  RoleChip,
  Segments,
  Slider,
} from '#renderer/ui';

const GENERATORS: readonly { readonly value: GeneratorSettings['generator']; readonly name: string }[] = [
  { value: 'skeleton', name: 'Skeleton' },
  { value: 'transformer', name: 'Transformer' },
];
const STYLES = SKELETON_STYLES.map(value => ({ value, name: SKELETON_STYLE_NAMES[value] }));
const CHOICES: readonly { readonly value: Choice; readonly name: string }[] = [
  { value: 'played', name: 'As played' },
  { value: 'round_robin', name: 'In turn' },
  { value: 'random', name: 'By seed' },
  { value: 'fixed', name: 'Best one' },
];
const MODES = [
  { value: 'A', name: 'Strongest' },
  { value: 'B', name: 'By seed' },
] as const;
const METERS = ['2/4', '3/4', '4/4', '5/4', '6/4', '5/8', '6/8', '7/8', '9/8', '11/8', '12/8'].map(value => ({
  value,
  name: value.replace('/', ' / '),
}));

/** Makes a take of the groove. Each is one undo step, and the same seed gives the same take. */
export function GeneratePanel() {
  const settings = useGenerator();
  const pattern = useShownPattern();
  const track = useTrack();
  const hasKit = useHasKit();
  const tempo = settings.tempo ?? pattern?.tempo ?? track?.tempo?.bpm ?? 120;
  const meter = meterText(settings.meter);
  const meters = METERS.some(one => one.value === meter)
    ? METERS
    : [...METERS, { value: meter, name: meter }];
  return (
    <aside
      aria-label="Generate"
      data-panel=""
      className="flex w-66 shrink-0 flex-col overflow-y-auto border-l border-line bg-bg-1 wide:w-72"
    >
      <PanelHead title="Generate" />
      <div className="flex flex-col gap-2 p-3">
        <div className="flex gap-2">
          <Picker
            label="Generator"
            value={settings.generator}
            choices={GENERATORS}
            onChange={generator => setGenerator({ generator })}
            strong
            className="flex-1"
          />
          <Picker
            label="Style"
            value={settings.style}
            choices={STYLES}
            onChange={style => setGenerator({ style })}
            className="flex-1"
          />
        </div>
        <div className="flex gap-2">
          <NumberField
            label="Bars"
            prefix="Bars"
            value={settings.bars}
            minimum={1}
            maximum={128}
            className="min-w-17 flex-1"
            onCommit={bars => setGenerator({ bars: Math.round(bars) })}
          />
          <Picker
            label="Meter"
            value={meter}
            choices={meters}
            className="w-17"
            onChange={text => {
              const parsed = parseMeter(text);
              if (parsed) setGenerator({ meter: parsed });
            }}
          />
          <NumberField
            label="Tempo of the take"
            unit="BPM"
            value={tempo}
            minimum={20}
            maximum={400}
            digits={tempo % 1 === 0 ? 0 : 2}
            className="w-22"
            onCommit={value => setGenerator({ tempo: value })}
          />
        </div>
        <Dials />
        <div className="flex gap-2">
          <NumberField
            label="Seed"
            prefix="Seed"
            value={settings.seed}
            minimum={0}
            maximum={4_294_967_295}
            className="min-w-0 flex-1"
            onCommit={seed => setGenerator({ seed: Math.round(seed) })}
          />
          <IconButton label="Another seed" onPress={rollSeed}>
            <Dices size={16} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
          <Button
            look="primary"
            isDisabled={!hasKit}
            isPending={settings.isGenerating}
            onPress={() => void generate()}
          >
            {settings.isGenerating ? 'Generating' : 'Generate'}
          </Button>
        </div>
        <Kept />
      </div>
      <p className="mt-auto border-t border-line p-3 text-ink-3">
        {hasKit
          ? `The same seed gives the same take. Generate is one undo step; ${keysOf('dice')} tries another seed, ${keysOf('undice')} the one before.`
          : 'A kit is needed first: drop a song in the library.'}
      </p>
    </aside>
  );
}

function useHasKit(): boolean {
  const kits = useLibrary(state => state.kits);
  const documentKit = useDocument(state => state.kitId);
  const viewKit = useView(state => state.kitId);
  const draft = useKitDraft(state => state.kit);
  return kits.some(kit => kit.id === documentKit || kit.id === viewKit) || draft !== null || kits.length > 0;
}

function Dials() {
  const { motionMode, motionKeep, fillProbability, texture, choice } = useGenerator();
  return (
    <div className="flex flex-col gap-1 py-1">
      <Dial name="Motion" value={`${motionKeep} of 8`}>
        <Slider
          label="Motion hits kept, of eight eighths"
          value={motionKeep}
          minimum={4}
          maximum={8}
          step={1}
          rest={6}
          onChange={value => setGenerator({ motionKeep: value })}
        />
      </Dial>
      <Dial name="Fills" value={percent(fillProbability)}>
        <Slider
          label="Chance of a fill in each fourth bar"
          value={fillProbability}
          minimum={0}
          maximum={1}
          step={0.05}
          rest={0.25}
          onChange={value => setGenerator({ fillProbability: value })}
        />
      </Dial>
      <Dial name="Motion keeps">
        <Segments
          label="Which motion hits are kept"
          small
          fill
          value={motionMode}
          choices={MODES}
          onChange={value => setGenerator({ motionMode: value })}
        />
      </Dial>
      <Dial name="Hits chosen">
        <Picker
          label="How hits are chosen from a pad"
          value={choice}
          choices={CHOICES}
          onChange={value => setGenerator({ choice: value })}
          className="flex-1"
        />
      </Dial>
      <Dial name="Texture">
        <CheckBox
          label="Texture"
          isChosen={texture}
          onChange={value => setGenerator({ texture: value })}
          className="flex h-6 flex-1 items-center gap-2"
        >
          <span className="text-ink-3">{texture ? 'a quiet layer' : 'none'}</span>
        </CheckBox>
      </Dial>
    </div>
  );
}

function Dial(props: { readonly name: string; readonly value?: string; readonly children: React.ReactNode }) {
  const { name, value, children } = props;
  return (
    <div className="flex min-h-6 items-center gap-2.5">
      <span className={classNames('shrink-0 text-ink-2', value === undefined ? 'w-22' : 'w-14')}>{name}</span>
      <span className="flex min-w-0 flex-1 [&>*]:flex-1">{children}</span>
      {value === undefined ? null : <b className="w-11 text-right font-medium">{value}</b>}
    </div>
  );
}

function Kept() {
  const locked = useGenerator(state => state.locked);
  if (locked.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="text-ink-3">Keeps</span>
      {ROLES_IN_ORDER.filter(role => locked.includes(role)).map(role => (
        <RoleChip key={role} role={role} name={ROLE_NAMES[role]} />
      ))}
    </div>
  );
}
