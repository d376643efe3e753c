import { create } from 'zustand';
import { z } from 'zod';
import { hasMedia, studio } from '#renderer/bridge';
import { type Stem, type StemKind, StemKindSchema, type Track } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { attempt } from './notices';

export const QUIETEST_STEM_DECIBELS = -48;
export const LOUDEST_STEM_DECIBELS = 6;

/** How one stem is heard. */
const StemSettingSchema = z.object({
  /** At `QUIETEST_STEM_DECIBELS` it is silent. */
  decibels: z.number().min(QUIETEST_STEM_DECIBELS).max(LOUDEST_STEM_DECIBELS),
  isMuted: z.boolean(),
  isSolo: z.boolean(),
});
export type StemSetting = z.infer<typeof StemSettingSchema>;

/** What is kept of a track, as a setting of the studio. */
const StemMixSchema = z.object({
  stems: z.partialRecord(StemKindSchema, StemSettingSchema),
  /** In seconds of the track. */
  loop: z.object({ from: z.number().min(0), to: z.number().positive() }).nullable(),
});
type StemMix = z.infer<typeof StemMixSchema>;

interface StemMixState extends StemMix {
  readonly trackId: string | null;
  /** The stem that keys act on. */
  readonly chosen: StemKind | null;
  /** Stems whose audio is not in the library any more. */
  readonly missing: readonly StemKind[];
}

const FIRST: StemMix = { stems: {}, loop: null };
const PLAIN: StemSetting = { decibels: 0, isMuted: false, isSolo: false };

export const useStemMix = create<StemMixState>(() => ({
  ...FIRST,
  trackId: null,
  chosen: null,
  missing: [],
}));

export const settingOf = ({ stems }: StemMix, kind: StemKind): StemSetting => stems[kind] ?? PLAIN;

/** Drums and the rest add up to the mix, so they are what plays; the mix itself only while there are no stems yet. */
export function soundingStems({ stems }: Pick<Track, 'stems'>): readonly Stem[] {
  const parts = stems.filter(stem => stem.kind !== 'mix');
  return parts.length > 0 ? parts : stems;
}

/** Linear level at which a stem is heard: 0 when it is muted or another one is soloed. */
export function heardLevel(mix: StemMix, kind: StemKind): number {
  const { decibels, isMuted, isSolo } = settingOf(mix, kind);
  const hasSolo = Object.values(mix.stems).some(setting => setting?.isSolo);
  if (isMuted || (hasSolo && !isSolo) || decibels <= QUIETEST_STEM_DECIBELS) return 0;
  return gainOfDecibels(decibels);
}

const settingName = (trackId: string): string => `stems ${trackId}`;
const SAVE_AFTER_MS = 400;
let saving: ReturnType<typeof setTimeout> | undefined;

function change(next: Partial<StemMix>): void {
  useStemMix.setState(next);
  const { trackId, stems, loop } = useStemMix.getState();
  if (trackId === null) return;
  clearTimeout(saving);
  saving = setTimeout(() => {
    void attempt('Keeping how the stems are heard', () =>
      studio.saveSetting.mutate({ name: settingName(trackId), value: { stems, loop } }),
    );
  }, SAVE_AFTER_MS);
}

/** Takes up a track as it was heard last. */
export async function restoreStemMix(trackId: string): Promise<void> {
  if (useStemMix.getState().trackId === trackId) return;
  useStemMix.setState({ ...FIRST, trackId, chosen: null, missing: [] });
  const settings = await studio.settings.query();
  const kept = StemMixSchema.safeParse(settings[settingName(trackId)]);
  const state = useStemMix.getState();
  // What was changed while the answer was on its way counts more.
  if (kept.success && state.trackId === trackId && state.stems === FIRST.stems)
    useStemMix.setState(kept.data);
}

/** Takes note of stems that could not be opened; answers those that were not known to be missing. */
export function noteMissingStems(kinds: readonly StemKind[]): readonly StemKind[] {
  const { missing } = useStemMix.getState();
  const fresh = kinds.filter(kind => !missing.includes(kind));
  if (fresh.length > 0) useStemMix.setState({ missing: [...missing, ...fresh] });
  return fresh;
}

/** Asks whether the audio of a track's stems is still there. */
export async function findMissingStems({ id, stems }: Track): Promise<void> {
  const answers = await Promise.all(
    stems.map(async ({ kind, audio }) => ((await hasMedia(audio)) ? null : kind)),
  );
  const missing = answers.filter(kind => kind !== null);
  if (useStemMix.getState().trackId === id) useStemMix.setState({ missing });
}

/** Imports a track's file once more; what is still in the library is not computed again. */
export const importAgain = ({ name, path }: Track): Promise<unknown> =>
  attempt(`Importing ${name} again`, () => studio.importTracks.mutate({ paths: [path] }));

export const chooseStem = (kind: StemKind): void => useStemMix.setState({ chosen: kind });

/** Sets something of one stem, or, `isOnly`, takes it from all others as well. */
function setFlag(kind: StemKind, flag: 'isMuted' | 'isSolo', value: boolean, isOnly: boolean): void {
  const mix = useStemMix.getState();
  const others = Object.entries(mix.stems).map(([other, setting]) => [
    other,
    isOnly && setting ? { ...setting, [flag]: false } : setting,
  ]);
  change({
    stems: { ...Object.fromEntries(others), [kind]: { ...settingOf(mix, kind), [flag]: value } },
  });
}

/** Mutes a stem or lets it sound; `isOnly` makes it the only muted one. */
export function toggleStemMute(kind: StemKind, isOnly = false): void {
  const mix = useStemMix.getState();
  const isAlone = isOnly && isTheOnly(mix, kind, 'isMuted');
  setFlag(kind, 'isMuted', isOnly ? !isAlone : !settingOf(mix, kind).isMuted, isOnly);
}

/** Solos a stem beside others, or ends that; `isOnly` makes it the only soloed one. */
export function toggleStemSolo(kind: StemKind, isOnly = false): void {
  const mix = useStemMix.getState();
  const isAlone = isOnly && isTheOnly(mix, kind, 'isSolo');
  setFlag(kind, 'isSolo', isOnly ? !isAlone : !settingOf(mix, kind).isSolo, isOnly);
}

const isTheOnly = (mix: StemMix, kind: StemKind, flag: 'isMuted' | 'isSolo'): boolean =>
  Object.entries(mix.stems).every(([other, setting]) => (setting?.[flag] ?? false) === (other === kind)) &&
  settingOf(mix, kind)[flag];

export function setStemDecibels(kind: StemKind, decibels: number): void {
  const mix = useStemMix.getState();
  change({ stems: { ...mix.stems, [kind]: { ...settingOf(mix, kind), decibels } } });
}

/** Shorter loops are a tone, not a loop. */
const SHORTEST_LOOP_SECONDS = 0.1;

/** A stretch of the track to go round in, its ends in either order; null, and one that is too short, for none. */
export function setTrackLoop(loop: { readonly from: number; readonly to: number } | null): void {
  const ordered = loop && { from: Math.min(loop.from, loop.to), to: Math.max(loop.from, loop.to) };
  const isLong = ordered !== null && ordered.to - ordered.from >= SHORTEST_LOOP_SECONDS;
  change({ loop: isLong ? { from: Math.max(0, ordered.from), to: ordered.to } : null });
}
