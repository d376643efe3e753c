import { FolderInput } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { studio } from '#renderer/bridge';
import {
  attempt,
  chooseKits,
  closeKitImport,
  endKitImport,
  importChosenKits,
  isRunning,
  openKitImport,
  useKitImport,
  useKitImportJob,
} from '#renderer/state';
import { Button, CheckBox, count, Dialog, Empty, Message, Progress } from '#renderer/ui';
import { KIT_FORMAT_NAMES, type KitInFile, type KitPreview } from '#shared/protocol';

const ACCEPTED = '.sfz,.h2drumkit,.sf2,.dspreset,.xml,.json';

/** Kits of other programs: what a file holds, which of its kits, and what of them is taken otherwise. */
export function ImportKitDialog() {
  const { isOpen, preview, isBusy, refusal, paths } = useKitImport();
  const job = useKitImportJob();
  const isEnded = job !== null && !isRunning(job);
  useEffect(() => {
    if (isEnded && job) void endKitImport(job);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it has ended
  }, [isEnded]);
  if (!isOpen) return null;
  if (preview === null) return <ChooseFiles isBusy={isBusy} refusal={refusal} />;
  return <Preview key={paths[0]} preview={preview} />;
}

function Preview({ preview }: { readonly preview: KitPreview }) {
  const { paths, chosen, isBusy, refusal } = useKitImport();
  const job = useKitImportJob();
  const { name, format, author, licence, kits } = preview;
  const others = paths.length - 1;
  const isReady = kits.length === 0 || chosen.length > 0;
  return (
    <Dialog
      title="Import kit"
      aside={others > 0 ? `${name} and ${count(others, 'more file')}` : name}
      isOpen
      onClose={closeKitImport}
      className="w-160"
      footer={
        <>
          <span className="text-ink-3">The files stay where they are.</span>
          <span className="flex-1" />
          {job ? (
            <Button
              look="danger"
              onPress={() => void attempt('Cancelling', () => studio.cancelJob.mutate({ jobId: job.id }))}
            >
              Stop
            </Button>
          ) : (
            <Button onPress={closeKitImport}>Cancel</Button>
          )}
          <Button
            look="primary"
            isDisabled={!isReady}
            isPending={isBusy}
            onPress={() => void importChosenKits()}
          >
            {kits.length === 0 ? 'Import the samples' : `Import ${count(Math.max(1, chosen.length), 'kit')}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <p className="text-ink-2">
          {format === null
            ? 'A folder of samples without a kit: they come into the library as they are.'
            : [KIT_FORMAT_NAMES[format], author ? `by ${author}` : null, licence ?? 'no licence stated']
                .filter(Boolean)
                .join(', ')}
        </p>
        {kits.length > 1 ? <KitList kits={kits} /> : <KitFactsOf kit={kits[0]} />}
        <Remarks kits={kits.filter(({ index }) => chosen.includes(index))} />
        {refusal === null ? null : <Message tone="bad">{refusal}</Message>}
        {job && isRunning(job) ? (
          <div aria-live="polite">
            <div className="mb-1.5 flex">
              <span className="flex-1 truncate text-ink-2">
                {job.progress.stage || 'Waiting for a worker'}
              </span>
              <span>{Math.floor(job.progress.fraction * 100)} %</span>
            </div>
            <Progress label="Progress of the import" fraction={job.progress.fraction} />
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

const factsOf = ({ pads, sounds }: KitInFile): string => `${count(pads, 'pad')}, ${count(sounds, 'sound')}`;

function KitFactsOf({ kit }: { readonly kit: KitInFile | undefined }) {
  return kit ? <p>{factsOf(kit)}</p> : null;
}

/** The kits of a SoundFont, those for drums first. */
function KitList({ kits }: { readonly kits: readonly KitInFile[] }) {
  const chosen = useKitImport(state => state.chosen);
  const ordered = [...kits.filter(({ isDrums }) => isDrums), ...kits.filter(({ isDrums }) => !isDrums)];
  return (
    <div
      role="group"
      aria-label="Kits in the file"
      className="flex max-h-72 flex-col overflow-y-auto rounded-r3 bg-bg-0 p-1.5"
    >
      {ordered.map(kit => (
        <CheckBox
          key={kit.index}
          isChosen={chosen.includes(kit.index)}
          onChange={isOn =>
            chooseKits(isOn ? [...chosen, kit.index] : chosen.filter(index => index !== kit.index))
          }
          className="flex min-h-7 shrink-0 items-center gap-2.5 rounded-r2 px-1.5 data-[hovered]:bg-bg-2"
        >
          <span className="min-w-0 flex-1 truncate" title={kit.name}>
            {kit.name}
          </span>
          {kit.isDrums ? <span className="text-ink-2">drums</span> : null}
          <span className="w-36 text-right text-ink-3">{factsOf(kit)}</span>
        </CheckBox>
      ))}
    </div>
  );
}

function Remarks({ kits }: { readonly kits: readonly KitInFile[] }) {
  const remarks = [...new Set(kits.flatMap(kit => kit.remarks))];
  if (remarks.length === 0) return null;
  return (
    <Message tone="info">
      <ul aria-label="What is taken otherwise" className="max-h-40 overflow-y-auto">
        {remarks.map(remark => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </Message>
  );
}

function ChooseFiles({ isBusy, refusal }: { readonly isBusy: boolean; readonly refusal: string | null }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog title="Import kit" isOpen onClose={closeKitImport} className="w-140">
      <Empty
        icon={FolderInput}
        title={isBusy ? 'Reading the file' : 'Kits of other programs'}
        actions={
          <Button look="primary" isPending={isBusy} onPress={() => field.current?.click()}>
            Choose files
          </Button>
        }
      >
        SFZ, Hydrogen drumkits, SoundFonts, DecentSampler presets and Backbeat’s own kit.json. Files can be
        dropped on any screen too.
      </Empty>
      {refusal === null ? null : (
        <div className="px-5 pb-5">
          <Message tone="bad">{refusal}</Message>
        </div>
      )}
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Kit files"
        accept={ACCEPTED}
        onChange={event => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (chosen.length > 0) void openKitImport(chosen);
        }}
      />
    </Dialog>
  );
}
