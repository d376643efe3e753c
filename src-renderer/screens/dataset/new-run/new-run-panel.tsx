import { useState } from 'react';
import { TIERS } from '#shared/dataset';
import { DatasetNameSchema } from '#shared/protocol';
import { Loading, Picker, Segments, TextField } from '#renderer/ui';
import { TIER_NAMES } from '../names';
import { useCatalogue } from './catalogue';
import { ChainDialog } from './chain-dialog';
import { chainWords, chosenWords, kitsFor, rudimentWords } from './config-words';
import { setConfig, setDraft, useDraft } from './draft';
import { EstimateCard } from './estimate-card';
import { GenerateFooter } from './generate-footer';
import { GrooveLines } from './groove-lines';
import { KitDialog } from './kit-dialog';
import { LengthLine } from './length-line';
import { CountLine, Line, ValueButton } from './line';
import { PresetPicker } from './preset-picker';
import { RangeSlider } from './range-slider';
import { RudimentDialog } from './rudiment-dialog';
import { RunLines } from './run-lines';
import { percents } from './shares';
import { SharesBar } from './shares-bar';

type OpenDialog = 'rudiments' | 'kits' | 'chains' | null;

/** Slowest and fastest tempo that can be asked for here; files may ask for more. */
const TEMPOS = [40, 240] as const;
const MATERIALS = [
  { value: 'rudiments', name: 'Rudiments' },
  { value: 'grooves', name: 'Grooves' },
  { value: 'both', name: 'Rudiments and grooves' },
] as const;

/** What is to be generated, what it will take, and the button. */
export function NewRunPanel() {
  const { catalogue } = useCatalogue();
  const [open, setOpen] = useState<OpenDialog>(null);
  const close = (): void => setOpen(null);
  return (
    <section
      aria-label="New run"
      data-panel=""
      className="flex w-75 shrink-0 flex-col border-r border-line bg-bg-1"
    >
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="shrink-0 type-title">New run</h2>
        <PresetPicker catalogue={catalogue} />
      </div>
      {catalogue ? (
        <div
          role="region"
          aria-label="Settings of the run"
          tabIndex={0}
          className="focus-ring flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-3 py-2 -outline-offset-2"
        >
          <MaterialLines onOpen={setOpen} rudimentCount={catalogue.rudiments.length} />
          <PlayerLines />
          <SoundLines onOpen={setOpen} />
          <RunLines cores={catalogue.cores} />
        </div>
      ) : (
        <Loading label="Reading what there is to choose from" />
      )}
      <EstimateCard />
      <GenerateFooter />
      {catalogue && open === 'rudiments' ? <RudimentDialog catalogue={catalogue} onClose={close} /> : null}
      {catalogue && open === 'kits' ? <KitDialog catalogue={catalogue} onClose={close} /> : null}
      {open === 'chains' ? <ChainDialog onClose={close} /> : null}
    </section>
  );
}

function MaterialLines(props: {
  readonly onOpen: (dialog: OpenDialog) => void;
  readonly rudimentCount: number;
}) {
  const { onOpen, rudimentCount } = props;
  const { name, config } = useDraft();
  return (
    <>
      <Line name="Name">
        <TextField
          label="Name of the dataset"
          value={name}
          className="w-44"
          onCommit={text => {
            if (!DatasetNameSchema.safeParse(text).success)
              return 'Small letters, digits and hyphens, 80 at most';
            setDraft({ name: text });
            return null;
          }}
        />
      </Line>
      <Line name="Material">
        <Picker
          label="Material"
          value={config.materials}
          choices={MATERIALS}
          onChange={materials => setConfig({ materials, kits: [] })}
          className="w-44"
        />
      </Line>
      {config.materials === 'grooves' ? null : (
        <Line name="Rudiments">
          <ValueButton
            label="Rudiments"
            value={rudimentWords(config, rudimentCount)}
            onPress={() => onOpen('rudiments')}
          />
        </Line>
      )}
      {config.materials === 'rudiments' ? null : <GrooveLines />}
    </>
  );
}

function PlayerLines() {
  const { config } = useDraft();
  const tiers = percents(TIERS.map(tier => config.skill_distribution[tier]));
  const [low, high] = config.tempo_range;
  return (
    <>
      <CountLine
        name="Players"
        label="Players"
        value={config.num_profiles}
        maximum={100_000}
        onCommit={num_profiles => setConfig({ num_profiles })}
      />
      <SharesBar
        label="Players by tier"
        names={TIERS.map(tier =>
          tier === 'beginner' || tier === 'intermediate' ? TIER_NAMES[tier] : TIER_NAMES[tier].slice(0, 3),
        )}
        parts={tiers}
        onChange={parts => {
          const [beginner = 0, intermediate = 0, advanced = 0, professional = 0] = parts.map(
            part => part / 100,
          );
          setConfig({ skill_distribution: { beginner, intermediate, advanced, professional } });
        }}
      />
      <Line name="Tempo">
        <b className="w-7 text-right font-medium">{low}</b>
        <RangeSlider
          label="Tempo"
          value={[low, high]}
          minimum={Math.min(TEMPOS[0], low)}
          maximum={Math.max(TEMPOS[1], high)}
          onChange={tempo_range => setConfig({ tempo_range })}
        />
        <b className="w-7 text-right font-medium">{high}</b>
      </Line>
      <CountLine
        name="Tempos of each"
        label="Tempos of each rudiment"
        value={config.tempos_per_rudiment}
        maximum={100}
        onCommit={tempos_per_rudiment => setConfig({ tempos_per_rudiment })}
      />
      <LengthLine />
    </>
  );
}

function SoundLines({ onOpen }: { readonly onOpen: (dialog: OpenDialog) => void }) {
  const { config } = useDraft();
  const { catalogue } = useCatalogue();
  return (
    <>
      <Line name="Audio">
        <Segments
          small
          label="Audio"
          value={config.generate_audio ? 'flac' : 'none'}
          choices={[
            { value: 'flac', name: 'FLAC, 24 bit' },
            { value: 'none', name: 'MIDI only' },
          ]}
          onChange={value => setConfig({ generate_audio: value === 'flac' })}
        />
      </Line>
      <Line name="Kits">
        <ValueButton
          label="Kits"
          value={catalogue ? chosenWords(config.kits, kitsFor(config, catalogue).length) : ''}
          isDisabled={!config.generate_audio}
          onPress={() => onOpen('kits')}
        />
      </Line>
      <Line name="Rooms and mics">
        <ValueButton
          label="Rooms and mics"
          value={chainWords(config)}
          isDisabled={!config.generate_audio}
          onPress={() => onOpen('chains')}
        />
      </Line>
      <CountLine
        name="Recordings of each"
        label="Recordings of each performance"
        value={config.augmentations_per_sample}
        maximum={100}
        isDisabled={!config.generate_audio}
        onCommit={augmentations_per_sample => setConfig({ augmentations_per_sample })}
      />
    </>
  );
}
