import { Dices, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { TIERS } from '#shared/dataset';
import { DatasetNameSchema } from '#shared/protocol';
import { studioPort } from '#renderer/bridge';
import { IconButton, Loading, NumberField, Picker, Segments, Slider, TextField } from '#renderer/ui';
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
import { Line, ValueButton } from './line';
import { PresetPicker } from './preset-picker';
import { RangeSlider } from './range-slider';
import { RudimentDialog } from './rudiment-dialog';
import { percents } from './shares';
import { SharesBar } from './shares-bar';

type OpenDialog = 'rudiments' | 'kits' | 'chains' | null;

/** Slowest and fastest tempo that can be asked for here; files may ask for more. */
const TEMPOS = [40, 240] as const;
const MOST_SEED = 99_999_999;
const SPLIT_NAMES = ['Train', 'Val', 'Test'] as const;
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
      <Line name="Players">
        <NumberField
          label="Players"
          value={config.num_profiles}
          minimum={1}
          maximum={100_000}
          className="w-18"
          onCommit={value => setConfig({ num_profiles: Math.round(value) })}
        />
      </Line>
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
      <Line name="Tempos of each">
        <NumberField
          label="Tempos of each rudiment"
          value={config.tempos_per_rudiment}
          minimum={1}
          maximum={100}
          className="w-18"
          onCommit={value => setConfig({ tempos_per_rudiment: Math.round(value) })}
        />
      </Line>
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
      <Line name="Recordings of each">
        <NumberField
          label="Recordings of each performance"
          value={config.augmentations_per_sample}
          minimum={1}
          maximum={100}
          isDisabled={!config.generate_audio}
          className="w-18"
          onCommit={value => setConfig({ augmentations_per_sample: Math.round(value) })}
        />
      </Line>
    </>
  );
}

function RunLines({ cores }: { readonly cores: number }) {
  const { config, folder, name, workers } = useDraft();
  const usual = Math.max(1, cores - 1);
  const splits = percents([config.train_ratio, config.val_ratio, config.test_ratio]);
  return (
    <>
      <Line name="Split">
        <span className="text-ink-3">by player</span>
      </Line>
      <SharesBar
        label="Splits"
        names={SPLIT_NAMES}
        parts={splits}
        onChange={([train = 0, validation = 0]) =>
          setConfig({
            train_ratio: train / 100,
            val_ratio: validation / 100,
            test_ratio: (100 - train - validation) / 100,
          })
        }
      />
      <Line name="Workers">
        {cores > 1 ? (
          <Slider
            label="Workers"
            value={workers ?? usual}
            minimum={1}
            maximum={cores}
            step={1}
            rest={usual}
            onChange={value => setDraft({ workers: value })}
            className="w-24 shrink-0"
          />
        ) : null}
        <b className="w-14 text-right font-medium">
          {workers ?? usual} of {cores}
        </b>
      </Line>
      <Line name="Seed">
        <NumberField
          label="Seed"
          value={config.seed}
          minimum={0}
          maximum={Number.MAX_SAFE_INTEGER}
          className="w-34"
          onCommit={value => setConfig({ seed: Math.round(value) })}
        />
        <IconButton
          label="Another seed"
          onPress={() => {
            const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
            setConfig({ seed: drawn % (MOST_SEED + 1) });
          }}
        >
          <Dices size={16} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </Line>
      <FolderLine folder={folder} name={name} />
    </>
  );
}

function FolderLine({ folder, name }: { readonly folder: string | null; readonly name: string }) {
  const port = studioPort();
  const choose = async (): Promise<void> => {
    const [path] = (await port?.chooseFiles('export-folder')) ?? [];
    if (path !== undefined) setDraft({ folder: `${path}/${name}` });
  };
  return (
    <Line name="Folder">
      <TextField
        label="Folder of the dataset"
        value={folder ?? ''}
        placeholder={`exports/${name}`}
        className="min-w-0 flex-1"
        onCommit={text => {
          setDraft({ folder: text === '' ? null : text });
          return null;
        }}
      />
      {port ? (
        <IconButton label="Choose a folder" onPress={() => void choose()}>
          <FolderOpen size={16} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      ) : null}
    </Line>
  );
}
