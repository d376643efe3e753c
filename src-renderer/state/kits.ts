import { studio } from '#renderer/bridge';
import type { Kit } from '#shared/model';
import { commitKit, forgetKit, saveKitNow, useKitDraft } from './kit-draft';
import { useLibrary } from './library';
import { attempt, notify } from './notices';
import { openKitById } from './open';
import { setView } from './view';

/** Stores a new kit and opens it. */
async function beginKit(kit: Kit): Promise<void> {
  await attempt('Making the kit', async () => {
    await saveKitNow();
    await studio.saveKit.mutate(kit);
    useLibrary.setState(({ kits }) => ({ kits: [kit, ...kits.filter(({ id }) => id !== kit.id)] }));
    openKitById(kit.id);
  });
}

/** A name that no kit has: "Dry room 2". */
function freeName(wanted: string): string {
  const taken = new Set(useLibrary.getState().kits.map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted} ${number}`)) return `${wanted} ${number}`;
}

export const newKit = (): Promise<void> =>
  beginKit({ id: crypto.randomUUID(), name: freeName('New kit'), sampleRate: 44_100, pads: [], shapes: {} });

export function duplicateKit(kit: Kit): Promise<void> {
  return beginKit({ ...kit, id: crypto.randomUUID(), name: freeName(`${kit.name} copy`) });
}

/** Why the kit cannot be called that; null when it was done. */
export function renameKit(kit: Kit, name: string): string | null {
  const wanted = name.trim();
  if (wanted === '') return 'A kit needs a name';
  if (wanted !== kit.name) commitKit(`Rename the kit ${wanted}`, { ...kit, name: wanted });
  return null;
}

/** Asks, then takes a kit out of the library; says which grooves and songs play it. */
export function removeKit(kit: Kit): void {
  const { patterns, songs } = useLibrary.getState();
  const grooves = patterns.filter(({ kitId }) => kitId === kit.id).map(({ name }) => name);
  const played = [...grooves, ...songs.filter(({ kitId }) => kitId === kit.id).map(({ name }) => name)];
  if (played.length > 0) {
    const [first, second] = played;
    const others = played.length > 2 ? ` and ${played.length - 2} more` : '';
    const names = second === undefined ? first : `${first}${others ? ', ' : ' and '}${second}${others}`;
    notify({
      tone: 'warn',
      text: `${kit.name} is played by ${names}. Give them another kit first, or duplicate this one and work on that.`,
    });
    return;
  }
  notify({
    tone: 'warn',
    text: `Delete ${kit.name}? Its ${kit.pads.length} pads go; the hits on them stay in the library.`,
    action: { name: 'Delete', run: () => void remove(kit) },
  });
}

async function remove(kit: Kit): Promise<void> {
  const done = await attempt('Deleting the kit', async () => {
    await studio.removeKit.mutate({ kitId: kit.id });
    return true;
  });
  if (!done) return;
  if (useKitDraft.getState().kit?.id === kit.id) forgetKit();
  useLibrary.setState(({ kits }) => ({ kits: kits.filter(({ id }) => id !== kit.id) }));
  const [next] = useLibrary.getState().kits;
  if (next) openKitById(next.id);
  else setView({ kitId: null });
}
