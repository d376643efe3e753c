import { z } from 'zod';
import { MeterSchema } from './grid';

const share = z.number().min(0).max(1);

/** A tempo that the recording may have instead: half, double, or at two to three. */
export const TempoCandidateSchema = z.object({ bpm: z.number().positive(), confidence: share });
export type TempoCandidate = z.infer<typeof TempoCandidateSchema>;

export const MeterCandidateSchema = z.object({ meter: MeterSchema, confidence: share });
export type MeterCandidate = z.infer<typeof MeterCandidateSchema>;

/** Tempo, beats and bars of a recording. What follows `beats` is missing in libraries of before it was kept. */
export const TempoSchema = z.object({
  /** Quarter notes a minute; the mean where the tempo drifts. */
  bpm: z.number().positive(),
  /** Seconds of bar 1. */
  firstDownbeat: z.number(),
  /** A beat is the note that it counts: a quarter in 4/4, an eighth in 6/8. */
  meter: MeterSchema,
  /** 0..1. */
  confidence: share,
  /** Where each beat is heard, in seconds, ascending. */
  beats: z.array(z.number()),
  /** Played to a machine: the beats stand on a straight line through `firstDownbeat`. Else the tempo follows `beats`. */
  steady: z.boolean().default(true),
  /** Places in `beats` where bars begin, ascending; empty when every bar is whole, counted from `firstDownbeat`. */
  downbeats: z.array(z.number().int().min(0)).default([]),
  /** The likeliest first, the one that was taken among them. */
  candidates: z.array(TempoCandidateSchema).default([]),
  meters: z.array(MeterCandidateSchema).default([]),
});
export type Tempo = z.infer<typeof TempoSchema>;

/** Seconds from one beat to the next at the tempo's mean. */
export const beatSeconds = ({ bpm, meter }: Pick<Tempo, 'bpm' | 'meter'>): number =>
  240 / (bpm * meter.denominator);
