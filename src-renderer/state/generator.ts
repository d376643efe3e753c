import { create } from 'zustand';
import { COMMON_TIME, type GrooveStyle, type Meter, type SkeletonStyle } from '#shared/model';
import type { Choice } from '#shared/protocol';
import { useDocument } from './document';
import { useLibrary } from './library';
import { useView } from './view';

export const GENERATORS = ['skeleton', 'transformer', 'humanise', 'tap', 'morph'] as const;
export type Generator = (typeof GENERATORS)[number];

/** What the transformer writes: everything anew, some of it, a region, a fill, or more bars. */
export const WRITINGS = ['new', 'vary', 'infill', 'fill', 'continue'] as const;
export type Writing = (typeof WRITINGS)[number];

/** What a groove is morphed towards. */
export type Towards =
  | { readonly kind: 'style'; readonly style: SkeletonStyle }
  | { readonly kind: 'pattern'; readonly id: string };

/** What the Generate panel is set to. */
export interface GeneratorSettings {
  readonly generator: Generator;
  readonly seed: number;
  readonly choice: Choice;

  readonly style: SkeletonStyle;
  readonly bars: number;
  readonly meter: Meter;
  /** null follows the open pattern, or the track. */
  readonly tempo: number | null;
  readonly motionMode: 'A' | 'B';
  readonly motionKeep: number;
  readonly fillProbability: number;
  readonly texture: boolean;

  /** The manner of playing that the models are asked for. */
  readonly manner: GrooveStyle;
  readonly writing: Writing;
  /** Strokes wished for in a bar of 4/4; null leaves it to the music. */
  readonly density: number | null;
  /** 0 nothing ... 1 as if written anew. */
  readonly change: number;
  /** 0 none ... 1 a drummer's. */
  readonly feel: number;
  /** 0 no chance, 1 as learnt, above wilder. */
  readonly temperature: number;
  /** Bars that are filled in, from 1, both among them. */
  readonly firstBar: number;
  readonly lastBar: number;
  /** Bar of the fill, from 1, and its length in sixteenths. */
  readonly fillBar: number;
  readonly fillLength: number;
  readonly moreBars: number;
  /** Whether only the rows of the selected hits are written. */
  readonly onlySelectedRows: boolean;
  /** Whether the selected hits stay as they are. */
  readonly keepSelected: boolean;

  readonly humanising: 'human' | 'tight' | 'regroove';
  readonly amount: number;
  readonly colour: 'exact' | 'colourful';
  readonly towards: Towards;
  /** 0 this groove ... 1 the other one. */
  readonly position: number;
}

interface GeneratorState extends GeneratorSettings {
  /** Seeds used before the present one, the last one last. */
  readonly seedsBefore: readonly number[];
}

const FIRST: GeneratorSettings = {
  generator: 'skeleton',
  seed: 42,
  choice: 'played',
  style: 'rock',
  bars: 4,
  meter: COMMON_TIME,
  tempo: null,
  motionMode: 'B',
  motionKeep: 6,
  fillProbability: 0.25,
  texture: true,
  manner: 'other',
  writing: 'vary',
  density: null,
  change: 0.4,
  feel: 1,
  temperature: 1,
  firstBar: 1,
  lastBar: 2,
  fillBar: 4,
  fillLength: 8,
  moreBars: 4,
  onlySelectedRows: false,
  keepSelected: false,
  humanising: 'human',
  amount: 1,
  colour: 'colourful',
  towards: { kind: 'style', style: 'funk' },
  position: 0.5,
};

export const useGenerator = create<GeneratorState>(() => ({ ...FIRST, seedsBefore: [] }));

export const setGenerator = (settings: Partial<GeneratorSettings>): void => useGenerator.setState(settings);

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
