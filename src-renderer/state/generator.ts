import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { replacement } from '#shared/edit';
import { COMMON_TIME, type Meter, type Role, type SkeletonStyle } from '#shared/model';
import type { Choice, GenerateRequest } from '#shared/protocol';
import { beginDocument, change, setDocumentKit, useDocument } from './document';
import { useLibrary } from './library';
import { attempt } from './notices';
import { followView } from './open';
import { openKitOfPattern } from './score';
import { setView, useView } from './view';

/** What the Generate panel is set to. */
export interface GeneratorSettings {
  readonly generator: GenerateRequest['generator'];
  readonly style: SkeletonStyle;
  /** Which of the seed's four variants, 0..3. */
  readonly variant: number;
  readonly bars: number;
  readonly meter: Meter;
  /** null follows the open pattern, or the track. */
  readonly tempo: number | null;
  readonly seed: number;
  readonly motionMode: 'A' | 'B';
  readonly motionKeep: number;
  readonly fillProbability: number;
  readonly texture: boolean;
  readonly choice: Choice;
  /** Roles whose hits stay as they are. */
  readonly locked: readonly Role[];
}

interface GeneratorState extends GeneratorSettings {
  readonly isGenerating: boolean;
  /** Seeds used before the present one, the last one last. */
  readonly seedsBefore: readonly number[];
}

const FIRST: GeneratorSettings = {
  generator: 'skeleton',
  style: 'rock',
  variant: 0,
  bars: 4,
  meter: COMMON_TIME,
  tempo: null,
  seed: 42,
  motionMode: 'B',
  motionKeep: 6,
  fillProbability: 0.25,
  texture: true,
  choice: 'played',
  locked: [],
};

export const useGenerator = create<GeneratorState>(() => ({
  ...FIRST,
  isGenerating: false,
  seedsBefore: [],
}));

export const setGenerator = (settings: Partial<GeneratorSettings>): void => useGenerator.setState(settings);

export const toggleLock = (role: Role): void =>
  useGenerator.setState(({ locked }) => ({
    locked: locked.includes(role) ? locked.filter(other => other !== role) : [...locked, role],
  }));

/** Seeds are shown, said aloud and typed: eight digits are enough of them. */
const SEED_END = 100_000_000;

export function rollSeed(): void {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  useGenerator.setState(({ seed, seedsBefore }) => ({
    seed: word % SEED_END,
    seedsBefore: [...seedsBefore, seed].slice(-100),
  }));
}

/** Takes the seed before this one; false when there is none. */
export function unrollSeed(): boolean {
  const { seedsBefore } = useGenerator.getState();
  const seed = seedsBefore.at(-1);
  if (seed === undefined) return false;
  useGenerator.setState({ seed, seedsBefore: seedsBefore.slice(0, -1) });
  return true;
}

/** The tempo a take would have: the one typed, else the pattern's, else the track's. */
export function generatorTempo(): number {
  const { tempo } = useGenerator.getState();
  const { trackId } = useView.getState();
  const track = useLibrary.getState().tracks.find(one => one.id === trackId);
  return tempo ?? useDocument.getState().history?.pattern.tempo ?? track?.tempo?.bpm ?? 120;
}

/** Makes a take: one undo step of the open pattern, or a new pattern where none is open. */
export async function generate(): Promise<void> {
  const { isGenerating, seedsBefore: _, tempo: __, ...settings } = useGenerator.getState();
  const document = useDocument.getState();
  const kitId = openKitOfPattern()?.id ?? useView.getState().kitId ?? useLibrary.getState().kits[0]?.id;
  if (isGenerating || kitId === undefined) return;
  useGenerator.setState({ isGenerating: true });
  const base = document.history?.pattern ?? null;
  const request: GenerateRequest = {
    ...settings,
    kitId,
    tempo: generatorTempo(),
    locked: [...settings.locked],
  };
  const take = await attempt('Generating', () => studio.generate.mutate({ request, base }));
  useGenerator.setState({ isGenerating: false });
  if (!take) return;
  const now = useDocument.getState();
  if (base && now.history && now.id === document.id) {
    change(`Generate ${request.style}, seed ${request.seed}`, replacement(now.history.pattern, take));
    if (document.kitId !== kitId) setDocumentKit(kitId);
    return;
  }
  const { trackId } = useView.getState();
  const id = crypto.randomUUID();
  beginDocument({ id, name: 'Groove 1', kitId, trackId, pattern: take });
  setView({ patternId: id, kitId });
  followView();
}

/** Any kit under any groove: chooses a hit of `kitId` for every note anew, as one undo step. */
export async function changeKit(kitId: string): Promise<void> {
  const { history, id } = useDocument.getState();
  if (!history) return;
  const laid = await attempt('Changing the kit', () =>
    studio.layOut.mutate({ pattern: history.pattern, kitId }),
  );
  if (!laid || useDocument.getState().id !== id) return;
  setDocumentKit(kitId);
  change('Change the kit', replacement(history.pattern, laid));
  setView({ kitId });
  followView();
}
