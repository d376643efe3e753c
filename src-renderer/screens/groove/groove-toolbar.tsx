import { Minus, Plus } from 'lucide-react';
import type { Pattern } from '#shared/model';
import type { Layer } from '#shared/protocol';
import {
  change,
  changeKit,
  keysOf,
  openPattern,
  runCommand,
  setView,
  useDocument,
  useLibrary,
  useView,
} from '#renderer/state';
import { Button, IconButton, Keys, NumberField, Picker, Segments, Tip } from '#renderer/ui';
import { canArrange } from './gestures';
import { NARROWEST_STEP, WIDEST_STEP } from './step-grid';

const LAYERS: readonly { readonly value: Layer; readonly name: string }[] = [
  { value: 'core', name: 'Core' },
  { value: 'core-accent', name: 'Core + Accent' },
  { value: 'full', name: 'Full' },
];
const SWING_BASES = [
  { value: '8th', name: '8th' },
  { value: '16th', name: '16th' },
] as const;

export function GrooveToolbar({ pattern }: { readonly pattern: Pattern }) {
  const layer = useDocument(state => state.layer);
  const documentId = useDocument(state => state.id);
  const kitId = useDocument(state => state.kitId);
  const patterns = useLibrary(state => state.patterns);
  const kits = useLibrary(state => state.kits);
  const name = useDocument(state => state.name);
  const stepWidth = useView(state => state.stepWidth);
  const { tempo, bars, swing } = pattern;
  const isListed = patterns.some(one => one.id === documentId);
  const choices = [
    ...(isListed || documentId === null ? [] : [{ value: documentId, name }]),
    ...patterns.map(one => ({ value: one.id, name: one.id === documentId ? name : one.name })),
  ];
  const zoom = (factor: number): void =>
    setView({ stepWidth: Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, stepWidth * factor)) });
  return (
    <div
      role="toolbar"
      aria-label="Groove"
      data-panel=""
      className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      <Picker
        label="Pattern"
        value={documentId}
        choices={choices}
        onChange={openPattern}
        strong
        className="w-34 shrink"
      />
      <Segments
        label="Layer"
        value={layer}
        choices={LAYERS}
        onChange={value => useDocument.setState({ layer: value })}
      />
      <span className="h-6 w-px shrink-0 bg-line" />
      <NumberField
        label="Swing, percent of the pair"
        prefix="Swing"
        unit="%"
        value={swing.percent}
        minimum={50}
        maximum={75}
        digits={swing.percent % 1 === 0 ? 0 : 1}
        className="w-24"
        onCommit={percent =>
          change(
            'Set the swing',
            { kind: 'frame', frame: { tempo, bars, swing: { ...swing, percent } } },
            true,
          )
        }
      />
      <Picker
        label="Swing base"
        value={swing.base}
        choices={SWING_BASES}
        className="w-18"
        onChange={base =>
          change('Set the swing base', { kind: 'frame', frame: { tempo, bars, swing: { ...swing, base } } })
        }
      />
      <Picker
        label="Kit under the groove"
        prefix="Kit"
        value={kits.some(kit => kit.id === kitId) ? kitId : null}
        placeholder="none"
        choices={kits.map(kit => ({ value: kit.id, name: kit.name }))}
        onChange={id => void changeKit(id)}
        className="hidden w-40 wide:block"
      />
      <span className="flex-1" />
      <Tip
        text="The groove as an arrangement: core, core and accent, then twice in full"
        keys={keysOf('arrange')}
      >
        <Button look="ghost" isDisabled={!canArrange(pattern)} onPress={() => runCommand('arrange')}>
          Arrange
        </Button>
      </Tip>
      <Button look="ghost" onPress={() => runCommand('quantise')}>
        Quantise <Keys keys={keysOf('quantise')} />
      </Button>
      <IconButton label="Zoom out" onPress={() => zoom(1 / 1.25)} isDisabled={stepWidth <= NARROWEST_STEP}>
        <Minus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton label="Zoom in" onPress={() => zoom(1.25)} isDisabled={stepWidth >= WIDEST_STEP}>
        <Plus size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
