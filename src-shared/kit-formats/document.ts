import { z } from 'zod';
import {
  type Instrument,
  InstrumentSchema,
  PadSchema,
  type Role,
  RoleSchema,
  type TakeOrder,
} from '../model';

/** One sound as a layer of a pad plays it. */
export interface KitTake {
  /** Key of its audio, given by whoever made the document; many takes may share one. */
  readonly sound: string;
  readonly gainDecibels: number;
  /** By speed. */
  readonly semitones: number;
}

/** Takes that answer strokes up to a MIDI velocity, from above the layer before. */
export interface KitLayer {
  readonly upTo: number;
  readonly takes: readonly KitTake[];
}

export interface KitPad {
  readonly name: string;
  /** MIDI note that plays it; several pads may have one. */
  readonly note: number;
  /** null: the file does not say, and neither does its name or note. */
  readonly instrument: Instrument | null;
  readonly role: Role | null;
  readonly gainDecibels: number;
  /** -1 left ... 1 right. */
  readonly pan: number;
  /** Pads of one group silence each other. */
  readonly choke: string | null;
  readonly semitones: number;
  /** Exponent on velocity / 127 under the plain law, by which half velocity is 12 dB softer. */
  readonly velocityCurve: number;
  readonly order: TakeOrder;
  /** Soft to loud, the last up to 127; one at least. */
  readonly layers: readonly KitLayer[];
}

/** A kit as far as the formats of samplers speak of one: what each stroke sounds, and nothing of the library that it is from. */
export interface KitDocument {
  readonly name: string;
  readonly author: string | null;
  readonly licence: string | null;
  readonly pads: readonly KitPad[];
}

const { note, pan, choke, takes, velocityCurve } = PadSchema.shape;

/** The same as data from another process. */
export const KitDocumentSchema: z.ZodType<KitDocument> = z.object({
  name: z.string(),
  author: z.string().nullable(),
  licence: z.string().nullable(),
  pads: z.array(
    z.object({
      name: z.string(),
      note,
      instrument: InstrumentSchema.nullable(),
      role: RoleSchema.nullable(),
      gainDecibels: z.number(),
      pan,
      choke,
      semitones: z.number(),
      velocityCurve: velocityCurve.unwrap(),
      order: takes.unwrap(),
      layers: z
        .array(
          z.object({
            upTo: z.number().int().min(1).max(127),
            takes: z
              .array(z.object({ sound: z.string(), gainDecibels: z.number(), semitones: z.number() }))
              .min(1),
          }),
        )
        .min(1),
    }),
  ),
});

/** What a reader made of a file, and in words what of it was left out or taken otherwise. */
export interface ReadKit {
  readonly document: KitDocument;
  readonly remarks: readonly string[];
}

/** A file that cannot be read as its format, in the words that follow "it is not a valid ...:". */
export interface FormatFault {
  readonly problems: readonly string[];
}

/** Every sound of the document once, in the order in which pads play them. */
export const soundsOf = ({ pads }: KitDocument): readonly string[] => [
  ...new Set(pads.flatMap(pad => pad.layers.flatMap(layer => layer.takes.map(({ sound }) => sound)))),
];

/** The least velocity of the layer at `index`. */
export const softestOf = (pad: KitPad, index: number): number => (pad.layers[index - 1]?.upTo ?? 0) + 1;

/** Choke groups by number, from 1, in the order of the pads: what formats without names for them write. */
export function chokeNumbers({ pads }: KitDocument): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { choke } of pads)
    if (choke !== null && !numbers.has(choke)) numbers.set(choke, numbers.size + 1);
  return numbers;
}

/** A number as text files hold it: at most six decimals, never an exponent. */
export const decimal = (value: number): string => {
  const text = value.toFixed(6).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
};
