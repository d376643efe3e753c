import { Dices } from 'lucide-react';
import type { Choice } from '#shared/protocol';
import {
  GENERATORS,
  type Generator,
  generate,
  generateAgain,
  keysOf,
  setGenerator,
  useDocument,
  useGenerator,
  useKitDraft,
  useLibrary,
  useLocks,
  useShownPattern,
  useTakes,
  useView,
  type Writing,
  WRITINGS,
} from '#renderer/state';
import { Button, IconButton, NumberField, Picker, RoleChip } from '#renderer/ui';
import { Dial } from './dial';
import { useLanes } from './grid-state';
import { HumaniseDials, MANNER_CHOICES, MorphDials, TapDials, WritingDials } from './model-dials';
import { SkeletonDials, SkeletonFrame, STYLE_CHOICES } from './skeleton-dials';
import { TakesPanel } from './takes-panel';

const GENERATOR_NAMES: Readonly<Record<Generator, string>> = {
  skeleton: 'Skeleton',
  transformer: 'Transformer',
  humanise: 'Humanise',
  tap: 'Tap to drums',
  morph: 'Morph',
};
const WRITING_NAMES: Readonly<Record<Writing, string>> = {
  new: 'Write anew',
  vary: 'Vary',
  infill: 'Fill in bars',
  fill: 'Write a fill',
  continue: 'Continue',
};
const GENERATOR_CHOICES = GENERATORS.map(value => ({ value, name: GENERATOR_NAMES[value] }));
const WRITING_CHOICES = WRITINGS.map(value => ({ value, name: WRITING_NAMES[value] }));
const CHOICES: readonly { readonly value: Choice; readonly name: string }[] = [
  { value: 'played', name: 'As played' },
  { value: 'round_robin', name: 'In turn' },
  { value: 'random', name: 'By seed' },
  { value: 'fixed', name: 'Best one' },
];

/** Makes takes of the groove, four on a seed. Keeping one is one undo step, and the same seed gives the same takes. */
export function GeneratePanel() {
  const { generator, seed } = useGenerator();
  const isGenerating = useTakes(state => state.isGenerating);
  const pattern = useShownPattern();
  const hasKit = useHasKit();
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <div className="flex flex-col gap-2 border-b border-line p-3">
          <div className="flex gap-2">
            <Picker
              label="Generator"
              value={generator}
              choices={GENERATOR_CHOICES}
              onChange={value => setGenerator({ generator: value })}
              strong
              className="flex-1"
            />
            <Manner />
          </div>
          {generator === 'skeleton' ? <SkeletonFrame /> : null}
          <div className="flex flex-col gap-1 py-1">
            {generator === 'skeleton' ? <SkeletonDials /> : null}
            {generator === 'transformer' ? <WritingDials /> : null}
            {generator === 'humanise' ? <HumaniseDials /> : null}
            {generator === 'tap' ? <TapDials /> : null}
            {generator === 'morph' ? <MorphDials pattern={pattern} /> : null}
            <HitsChosen />
          </div>
          <div className="flex gap-2">
            <NumberField
              label="Seed"
              prefix="Seed"
              value={seed}
              minimum={0}
              maximum={4_294_967_295}
              className="min-w-0 flex-1"
              onCommit={value => setGenerator({ seed: Math.round(value) })}
            />
            <IconButton label="Another seed, and generate" onPress={generateAgain} isDisabled={!hasKit}>
              <Dices size={16} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
            <Button
              look="primary"
              isDisabled={!hasKit}
              isPending={isGenerating}
              onPress={() => void generate()}
            >
              {isGenerating ? 'Generating' : 'Generate'}
            </Button>
          </div>
          <Kept />
        </div>
        <TakesPanel />
        {hasKit ? null : (
          <p className="mt-auto border-t border-line p-3 text-ink-3">
            A kit is needed first: drop a song in the library.
          </p>
        )}
      </div>
      <p className="sr-only">{`${keysOf('dice')} generates on another seed.`}</p>
    </>
  );
}

/** The style of a skeleton, what the transformer writes, or the manner that a model plays in. */
function Manner() {
  const { generator, style, writing, manner } = useGenerator();
  if (generator === 'skeleton') {
    return (
      <Picker
        label="Style"
        value={style}
        choices={STYLE_CHOICES}
        onChange={value => setGenerator({ style: value })}
        className="flex-1"
      />
    );
  }
  if (generator === 'transformer') {
    return (
      <Picker
        label="What is written"
        value={writing}
        choices={WRITING_CHOICES}
        onChange={value => setGenerator({ writing: value })}
        className="flex-1"
      />
    );
  }
  return (
    <Picker
      label="Manner of playing"
      value={manner}
      choices={MANNER_CHOICES}
      onChange={value => setGenerator({ manner: value })}
      className="flex-1"
    />
  );
}

function HitsChosen() {
  const { generator, choice, manner } = useGenerator();
  return (
    <>
      {generator === 'transformer' ? (
        <Dial name="Manner">
          <Picker
            label="Manner of playing"
            value={manner}
            choices={MANNER_CHOICES}
            onChange={value => setGenerator({ manner: value })}
          />
        </Dial>
      ) : null}
      <Dial name="Hits chosen">
        <Picker
          label="How hits are chosen from a pad"
          value={choice}
          choices={CHOICES}
          onChange={value => setGenerator({ choice: value })}
        />
      </Dial>
    </>
  );
}

function useHasKit(): boolean {
  const kits = useLibrary(state => state.kits);
  const documentKit = useDocument(state => state.kitId);
  const viewKit = useView(state => state.kitId);
  const draft = useKitDraft(state => state.kit);
  return kits.some(kit => kit.id === documentKit || kit.id === viewKit) || draft !== null || kits.length > 0;
}

function Kept() {
  const rows = useLocks(state => state.rows);
  const lanes = useLanes().filter(lane => rows.has(lane.key));
  if (lanes.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="text-ink-3">Keeps</span>
      {lanes.map(lane => (
        <RoleChip key={lane.key} role={lane.role} name={lane.spokenName} />
      ))}
    </div>
  );
}
