import { z } from 'zod';
import { SeparatorSchema } from './separator';
import { StrokeClassSchema } from './stroke';

/** Whether strokes that follow each other within `flamMs` stay in one slice or are cut as hits of their own. */
export const FLAM_POLICIES = ['keep', 'split'] as const;

/**
 * Where a slice ends, besides where it has died away:
 * `choke`: where the next slice begins, but a hit rings on under quieter ones of other drums until its own choke group strikes;
 * `next`: where the next slice begins, whatever it is;
 * `decay`: only where it has died away or its own drum is struck again.
 */
export const TAIL_POLICIES = ['choke', 'next', 'decay'] as const;

const frame = z.number().int().min(0);
const unit = z.number().min(0).max(1);

/** One change of a track's slices by hand. Positions are frames of the drum stem. */
export const SliceEditSchema = z.discriminatedUnion('kind', [
  /** The hit at `from` begins at `to`. */
  z.object({ kind: z.literal('moved'), from: frame, to: frame }),
  /** A hit where none was heard. */
  z.object({ kind: z.literal('added'), at: frame }),
  /** The slice that holds `at` is cut in two there; also parts a flam at its second stroke. */
  z.object({ kind: z.literal('split'), at: frame }),
  /** The slice that begins at `at` becomes part of the one before it; also makes a flam of two strokes. */
  z.object({ kind: z.literal('merged'), at: frame }),
  /** No slice begins at `at`; its neighbours stay as they are. */
  z.object({ kind: z.literal('deleted'), at: frame }),
]);
export type SliceEdit = z.infer<typeof SliceEditSchema>;

/** How the user wants a track to be heard. Kept apart from what was heard, so that it survives every new analysis. */
export const TrackHearingSchema = z.object({
  /** null: as the studio usually does. */
  separator: SeparatorSchema.nullable().default(null),
  /** `superflux`, or the name of a model; null: as the studio usually does. */
  detector: z.string().min(1).nullable().default(null),
  /** SHA-256 of a model of the user's that hears beats; null: by the drums, without a model. */
  beats: z.string().min(1).nullable().default(null),
  /** 0 only the loudest hits ... 1 every rustle. */
  sensitivity: unit.default(0.5),
  /** Drums that are heard otherwise than `sensitivity` says. */
  sensitivities: z.partialRecord(StrokeClassSchema, unit).default({}),
  flams: z.enum(FLAM_POLICIES).default('keep'),
  /** Strokes closer than this are one flam. */
  flamMs: z.number().min(0).max(100).default(40),
  tails: z.enum(TAIL_POLICIES).default('choke'),
  /** What a slice holds before its onset. The fade-in lies inside it. */
  preRollMs: z.number().min(0).max(50).default(3),
  /** Raised-cosine fades at both ends. */
  fadeMs: z.number().min(0).max(50).default(3),
  /** The longest a slice may be. */
  maxSeconds: z.number().min(0.05).max(20).default(2),
  /** In the order in which they were made. While there are any, the sensitivities stay as they are: detection is frozen. */
  edits: z.array(SliceEditSchema).default([]),
});
export type TrackHearing = z.infer<typeof TrackHearingSchema>;

/** A track that the user said nothing of. */
export const USUAL_HEARING: TrackHearing = TrackHearingSchema.parse({});
