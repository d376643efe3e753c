import { create } from 'zustand';
import { importNames, studio } from '#renderer/bridge';
import type { DrumMapsView, MidiPreview } from '#shared/protocol';
import { tell } from './failures';
import { refreshLibrary, useLibrary } from './library';
import { attempt, notify } from './notices';
import { openPattern } from './open';
import { openScreen, useView } from './view';

interface MidiFilesState {
  /** Whether the dialog shows. */
  readonly isOpen: boolean;
  /** What the studio calls the files that were chosen. */
  readonly paths: readonly string[];
  /** What the first of them holds; null until it was read. */
  readonly preview: MidiPreview | null;
  readonly maps: DrumMapsView | null;
  /** Id of the map to read by; null for what each file looks like. */
  readonly map: string | null;
  readonly isBusy: boolean;
}

const CLOSED = { isOpen: false, paths: [], preview: null, isBusy: false } as const;

export const useMidiFiles = create<MidiFilesState>(() => ({ ...CLOSED, maps: null, map: null }));

const SETTING = 'midi-map';

export const closeMidiImport = (): void => useMidiFiles.setState(CLOSED);

/** The maps there are now, the user's files read anew, and the one that was chosen last. */
export async function loadDrumMaps(): Promise<void> {
  await attempt('Reading the drum maps', async () => {
    const [maps, settings] = await Promise.all([studio.drumMaps.query(), studio.settings.query()]);
    const kept = settings[SETTING];
    const map = maps.maps.some(({ id }) => id === kept) ? String(kept) : null;
    useMidiFiles.setState({ maps, map });
  });
}

/** Shows the dialog, with what the files hold once they were read. */
export async function openMidiImport(files: readonly File[] = []): Promise<void> {
  useMidiFiles.setState({ ...CLOSED, isOpen: true, isBusy: files.length > 0 });
  await loadDrumMaps();
  if (files.length === 0) return;
  const read = await attempt('Reading MIDI', async () => {
    const paths: string[] = [];
    for await (const name of importNames(files)) paths.push(name);
    const [first] = paths;
    if (first === undefined) return null;
    return { paths, preview: await studio.previewMidi.mutate({ path: first }) };
  });
  if (read) useMidiFiles.setState({ ...read, isBusy: false });
  else closeMidiImport();
}

/** The map to read by, remembered for the next time. */
export function chooseMidiMap(map: string | null): void {
  useMidiFiles.setState({ map });
  void attempt('Saving the setting', () => studio.saveSetting.mutate({ name: SETTING, value: map }));
}

/** The kit that would play what is imported: the one in view, else any. */
export function kitForMidi(): string | null {
  const { kits, info } = useLibrary.getState();
  const known = (id: string | null | undefined): boolean => kits.some(kit => kit.id === id);
  const { kitId } = useView.getState();
  if (known(kitId)) return kitId;
  return known(info?.demo?.kitId) ? (info?.demo?.kitId ?? null) : (kits[0]?.id ?? null);
}

/** Stores the files as patterns and opens the first. */
export async function importMidiFiles(kitId: string): Promise<void> {
  const { paths, map } = useMidiFiles.getState();
  useMidiFiles.setState({ isBusy: true });
  const answer = await attempt('Importing MIDI', () =>
    studio.importMidi.mutate({ paths: [...paths], map, kitId }),
  );
  useMidiFiles.setState({ isBusy: false });
  if (!answer) return;
  closeMidiImport();
  const { imported, refused } = answer;
  for (const { failure } of refused.slice(0, 3)) notify({ tone: 'bad', text: tell(failure) });
  if (refused.length > 3) notify({ tone: 'bad', text: `${refused.length - 3} more files were left out.` });
  const [first] = imported;
  if (!first) return;
  await refreshLibrary(['patterns']);
  openPattern(first.stored.id);
  openScreen('groove');
  if (first.warnings.length > 0)
    notify({ tone: 'warn', text: `${first.stored.name}: ${first.warnings.join(' ')}` });
  const others = imported.length - 1;
  const rest = others > 0 ? ` ${others} more are in the palette by their names.` : '';
  notify({
    tone: 'ok',
    text: `${first.stored.name}: ${first.stored.pattern.notes.length} notes, each where the file has it.${rest}`,
  });
}
