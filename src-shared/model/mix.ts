import { z } from 'zod';
import { RoleSchema } from './role';

/** Gain of a shelf or a bell in dB. */
const band = z.number().min(-18).max(18);

/** What one role passes on its way to the master, in this order: saturation, equaliser, gain, pan. */
export const BusSchema = z.object({
  gainDecibels: z.number().min(-60).max(12),
  /** -1 left ... 1 right, of the bus as a stereo sound: its pads are panned before it. */
  pan: z.number().min(-1).max(1),
  muted: z.boolean(),
  soloed: z.boolean(),
  /** 0 clean ... 1 driven hard, at about equal loudness. */
  drive: z.number().min(0).max(1),
  equaliser: z.object({
    /** Shelf below 100 Hz, dB. */
    low: band,
    /** Bell at `midHertz`, one octave and a half wide, dB. */
    mid: band,
    midHertz: z.number().min(100).max(8000),
    /** Shelf above 8 kHz, dB. */
    high: band,
  }),
});
export type Bus = z.infer<typeof BusSchema>;

/** Feed-forward, from the louder channel's level, with a soft knee; gain only, so stems that pass it still sum to the mix. */
export const CompressorSchema = z.object({
  thresholdDecibels: z.number().min(-60).max(0),
  ratio: z.number().min(1).max(20),
  attackMilliseconds: z.number().min(0.1).max(200),
  releaseMilliseconds: z.number().min(5).max(2000),
  makeupDecibels: z.number().min(0).max(24),
});
export type Compressor = z.infer<typeof CompressorSchema>;

export const MixSchema = z.object({
  /** Roles without an entry pass as they are. */
  buses: z.partialRecord(RoleSchema, BusSchema),
  master: z.object({
    gainDecibels: z.number().min(-60).max(12),
    compressor: CompressorSchema.nullable(),
    /** The true peak that nothing passes, dBTP; null for no limiter. */
    ceilingDecibels: z.number().min(-12).max(0).nullable(),
  }),
});
export type Mix = z.infer<typeof MixSchema>;

export const PLAIN_BUS: Readonly<Bus> = {
  gainDecibels: 0,
  pan: 0,
  muted: false,
  soloed: false,
  drive: 0,
  equaliser: { low: 0, mid: 0, midHertz: 1000, high: 0 },
};

export const PLAIN_MIX: Mix = {
  buses: {},
  master: { gainDecibels: 0, compressor: null, ceilingDecibels: null },
};
