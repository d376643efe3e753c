import { Dices, FolderOpen } from 'lucide-react';
import { studioPort } from '#renderer/bridge';
import { IconButton, NumberField, Slider, TextField } from '#renderer/ui';
import { setConfig, setDraft, useDraft } from './draft';
import { Line } from './line';
import { percents } from './shares';
import { SharesBar } from './shares-bar';

/** The highest seed that is drawn; any other may be typed. */
const MOST_SEED = 99_999_999;
const SPLIT_NAMES = ['Train', 'Val', 'Test'] as const;

/** Who trains and who is tested, on how many processes it is made, from what chance, and where it goes. */
export function RunLines({ cores }: { readonly cores: number }) {
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
