import { FileMusic } from 'lucide-react';
import { useRef, useState } from 'react';
import { explain } from '#shared/protocol';
import {
  chooseMidiMap,
  closeMidiImport,
  importMidiFiles,
  kitForMidi,
  openMidiImport,
  useLibrary,
  useMidiFiles,
} from '#renderer/state';
import { Button, count, Dialog, Empty, Message, Picker } from '#renderer/ui';
import { NoteTable } from './note-table';

const AUTO = 'auto';

/** Drum MIDI files as patterns: by which map, on which kit, and what every note becomes. */
export function MidiDialog() {
  const { isOpen, paths, preview, isBusy } = useMidiFiles();
  if (!isOpen) return null;
  if (preview === null) return <ChooseFiles isBusy={isBusy} />;
  const tempo = `${Number(preview.tempo.toFixed(2))} BPM${preview.tempoCount > 1 ? ` and ${count(preview.tempoCount - 1, 'change')}` : ''}`;
  const facts = [
    count(preview.barCount, 'bar'),
    preview.meters.join(', '),
    tempo,
    count(preview.noteCount, 'note'),
  ];
  return <ChooseMap key={paths[0]} facts={facts.join(', ')} />;
}

function ChooseMap({ facts }: { readonly facts: string }) {
  const { paths, preview, maps, map: mapId, isBusy } = useMidiFiles();
  const kits = useLibrary(state => state.kits);
  const [kitId, setKitId] = useState(kitForMidi);
  const all = maps?.maps ?? [];
  const likely = all.find(({ id }) => id === preview?.likelyMap);
  const map = all.find(({ id }) => id === mapId) ?? likely;
  if (!preview) return null;
  const files = Math.max(paths.length, preview.fileCount);
  const submit = (): void => {
    if (kitId !== null && !isBusy) void importMidiFiles(kitId);
  };
  return (
    <Dialog
      title="Import MIDI"
      aside={files > 1 ? `${preview.name} and ${count(files - 1, 'more file')}` : preview.name}
      isOpen
      onClose={closeMidiImport}
      className="w-180"
      footer={
        <>
          <span className="text-ink-3">The files stay where they are.</span>
          <span className="flex-1" />
          <Button onPress={closeMidiImport}>Cancel</Button>
          <Button look="primary" isDisabled={kitId === null} isPending={isBusy} onPress={submit}>
            Import {count(files, 'file')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <p className="text-ink-2">{facts}</p>
        <div className="grid grid-cols-2 gap-4">
          <div className="flex min-w-0 flex-col gap-1">
            <span className="type-label text-ink-3">Drum map</span>
            <Picker
              label="Drum map"
              value={mapId ?? AUTO}
              choices={[
                { value: AUTO, name: `As the file looks: ${likely?.name ?? ''}` },
                ...all.map(({ id, name }) => ({ value: id, name })),
              ]}
              onChange={value => chooseMidiMap(value === AUTO ? null : value)}
            />
          </div>
          <div className="flex min-w-0 flex-col gap-1">
            <span className="type-label text-ink-3">Played by</span>
            <Picker
              label="Kit"
              value={kitId}
              choices={kits.map(({ id, name }) => ({ value: id, name }))}
              onChange={setKitId}
              placeholder="No kit yet: import a song first"
            />
          </div>
        </div>
        {map?.source ? (
          <p className="text-ink-3">
            Source of this map: {map.source.document}
            {map.source.confidence === 'high'
              ? '.'
              : `; ${map.source.confidence} confidence, check it by ear.`}
          </p>
        ) : null}
        {map ? <NoteTable numbers={preview.numbers} map={map} /> : null}
        {preview.warnings.length > 0 ? <Message tone="warn">{preview.warnings.join(' ')}</Message> : null}
        {maps && maps.problems.length > 0 ? (
          <Message tone="warn">{maps.problems.map(explain).join(' ')}</Message>
        ) : null}
      </div>
    </Dialog>
  );
}

function ChooseFiles({ isBusy }: { readonly isBusy: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog title="Import MIDI" isOpen onClose={closeMidiImport} className="w-130">
      <Empty
        icon={FileMusic}
        title={isBusy ? 'Reading the files' : 'Drum MIDI files become grooves'}
        actions={
          <Button look="primary" isPending={isBusy} onPress={() => field.current?.click()}>
            Choose files
          </Button>
        }
      >
        Velocities, feel, tempo map and meters are kept. Files can be dropped on any screen too.
      </Empty>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="MIDI files"
        accept=".mid,.midi,.smf,.kar,.rmi,audio/midi"
        onChange={event => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (chosen.length > 0) void openMidiImport(chosen);
        }}
      />
    </Dialog>
  );
}
