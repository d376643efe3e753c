import { Dices, Trash2 } from 'lucide-react';
import { DIVISIONS } from '#shared/model';
import {
  discardFeel,
  type FeelSource,
  keepFeel,
  removeTemplate,
  takeFeel,
  type TemplateChoice,
  templateChoices,
  tryFeel,
  useDocument,
  useFeel,
  useIsFeelTried,
  useLibrary,
} from '#renderer/state';
import { Button, CheckBox, IconButton, Picker } from '#renderer/ui';
import { Dial, ShareDial } from './dial';
import { FeelPicture } from './feel-picture';

const BASES = DIVISIONS.map(value => ({
  value,
  name: value.endsWith('T') ? `${value.slice(0, -1)}th triplets` : value === '32' ? '32nds' : `${value}ths`,
}));
const CYCLES = (['1', '2', '4', '8'] as const).map(value => ({
  value,
  name: value === '1' ? '1 bar' : `${value} bars`,
}));
/** Offsets below a tenth of a tick are not worth a word. */
const signedTicks = (ticks: number): string => `${ticks > 0 ? '+' : ''}${Math.round(ticks)}`;

/** Plays the groove with the feel of another: heard and seen at once, one undo step when it is kept. */
export function FeelPanel() {
  const templates = useLibrary(state => state.templates);
  const { chosen, amount, timing, velocity, random, onlySelected, seed } = useFeel();
  const hasGroove = useDocument(state => state.history !== null);
  const isTried = useIsFeelTried();
  const choices = templateChoices(templates);
  const choice = choices.find(({ id }) => id === chosen);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="flex flex-col gap-2 border-b border-line p-3">
        <div className="flex gap-2">
          <Picker
            label="Groove template"
            value={chosen}
            choices={choices.map(({ id, template }) => ({ value: id, name: template.name }))}
            onChange={id => tryFeel({ chosen: id })}
            strong
            className="flex-1"
          />
          {choice?.isOwn ? (
            <IconButton
              label={`Remove the template ${choice.template.name}`}
              onPress={() => void removeTemplate(choice.id)}
            >
              <Trash2 size={16} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
          ) : null}
        </div>
        {choice ? <TemplateFacts choice={choice} /> : null}
        <div className="flex flex-col gap-1 py-1">
          <ShareDial
            name="Amount"
            label="Amount of the feel"
            value={amount}
            maximum={1.3}
            rest={1}
            onChange={value => tryFeel({ amount: value })}
          />
          <ShareDial
            name="Timing"
            label="Timing taken"
            value={timing}
            rest={1}
            onChange={value => tryFeel({ timing: value })}
          />
          <ShareDial
            name="Velocity"
            label="Velocity taken"
            value={velocity}
            rest={0.5}
            onChange={value => tryFeel({ velocity: value })}
          />
          <ShareDial
            name="Random"
            label="Chance on top"
            value={random}
            rest={0}
            onChange={value => tryFeel({ random: value })}
          />
          <CheckBox isChosen={onlySelected} onChange={value => tryFeel({ onlySelected: value })}>
            Only the selected hits
          </CheckBox>
        </div>
        <div className="flex gap-2">
          <IconButton
            label="Other chances"
            isDisabled={random === 0 || !hasGroove}
            onPress={() => tryFeel({ seed: seed + 1 })}
          >
            <Dices size={16} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
          <span className="flex-1" />
          <Button look="line" isDisabled={!isTried} onPress={discardFeel}>
            As it was
          </Button>
          <Button look="primary" isDisabled={!hasGroove || !choice} onPress={keepFeel}>
            Keep the feel
          </Button>
        </div>
      </div>
      <TakeFeel />
    </div>
  );
}

function TemplateFacts({ choice: { template, isOwn } }: { readonly choice: TemplateChoice }) {
  const offsets = template.slots.flatMap(slot => (slot ? [slot.offset] : []));
  const early = Math.min(0, ...offsets);
  const late = Math.max(0, ...offsets);
  return (
    <>
      <FeelPicture template={template} />
      <p className="text-ink-3">
        {isOwn ? `From ${template.source}` : template.source}: {template.slots.length} steps,{' '}
        {signedTicks(early)} to {signedTicks(late)} ticks
      </p>
    </>
  );
}

const sourceKey = (from: FeelSource): string => (from.kind === 'pattern' ? from.id : from.kind);

/** Takes the feel of this groove, of the track's own drums or of another pattern as a template. */
function TakeFeel() {
  const { from, base, bars } = useFeel();
  const patterns = useLibrary(state => state.patterns);
  const { id, trackId, name } = useDocument();
  const sources = [
    { value: 'this', name: `This groove, ${name}` },
    ...(trackId === null ? [] : [{ value: 'track', name: 'The track’s own drums' }]),
    ...patterns.filter(other => other.id !== id).map(other => ({ value: other.id, name: other.name })),
  ];
  const sourceOf = (value: string): FeelSource =>
    value === 'this' || value === 'track' ? { kind: value } : { kind: 'pattern', id: value };
  return (
    <section aria-label="Take a feel" className="flex flex-col gap-2 p-3">
      <h3 className="type-strong">Take a feel</h3>
      <Picker
        label="Groove that the feel is taken from"
        prefix="From"
        value={sourceKey(from)}
        choices={sources}
        onChange={value => useFeel.setState({ from: sourceOf(value) })}
      />
      <Dial name="Measured on">
        <Picker
          label="Step that feel is measured from"
          value={base}
          choices={BASES}
          onChange={value => useFeel.setState({ base: value })}
        />
      </Dial>
      <Dial name="Repeats after">
        <Picker
          label="Length of the template"
          value={CYCLES.find(({ value }) => Number(value) === bars)?.value ?? '1'}
          choices={CYCLES}
          onChange={value => useFeel.setState({ bars: Number(value) })}
        />
      </Dial>
      <Button look="line" isDisabled={id === null} onPress={() => void takeFeel()}>
        Keep as a template
      </Button>
    </section>
  );
}
