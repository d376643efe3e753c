import { z } from 'zod';
import { LAGS, QUANTITY_NAMES, type Quantity, WINDOW_FIGURES } from './runs';

const shares = z.array(z.number().min(0).max(1));

/** `assets/realism/groove-midi.json`: figures derived from the Groove MIDI Dataset; none of its notes. */
export const PeopleSchema = z.strictObject({
  source: z.string().min(1),
  licence: z.string().min(1),
  /** The command that measures it again. */
  command: z.string().min(1),
  files: z.number().int().positive(),
  strokes: z.number().int().positive(),
  windows: z.number().int().positive(),
  histograms: z.strictObject(
    Object.fromEntries(QUANTITY_NAMES.map(name => [name, shares])) as Record<Quantity, typeof shares>,
  ),
  /** At lags 1, 2, 4 and 8, within windows. */
  lags: z.array(z.number()).length(LAGS.length),
  interval_lag: z.number(),
  /** Deviation of the errors in a window, ms. */
  spread: z.strictObject({ p2: z.number(), p50: z.number(), p95: z.number() }),
  /** Figures of some windows, by `WINDOW_FIGURES`. */
  figures: z.array(z.array(z.number()).length(WINDOW_FIGURES.length)),
});
export type People = z.infer<typeof PeopleSchema>;

const source = z.string().min(1);
/** `measured` here or there on human data, `read` in a publication, `derived` from either. */
const kind = z.enum(['measured', 'read', 'derived']);
const spacing = z.strictObject({
  kind,
  source,
  n: z.number().int().positive(),
  /** ms. */
  mean: z.number(),
  sd: z.number().positive(),
  low: z.number(),
  high: z.number(),
});

/** `assets/realism/anchors.yaml`: what is known of human players, whatever the generator draws from. */
export const AnchorsSchema = z.strictObject({
  flam: spacing,
  drag_first: spacing,
  drag_second: spacing,
  buzz: z.strictObject({ kind, source, low: z.number(), high: z.number(), contacts: z.number().int() }),
  autocorrelation: z.strictObject({
    kind,
    source,
    lags: z.array(z.number()).length(LAGS.length),
    within: z.number(),
  }),
  interval_lag: z.strictObject({ kind, source, low: z.number(), high: z.number() }),
  /** Where so many drummers stand to the click, the least and the greatest of them, ms; negative is ahead. */
  place: z.strictObject({
    kind,
    source,
    drummers: z.number().int().min(2),
    low: z.number(),
    high: z.number(),
  }),
  /** Of strokes meant alike. */
  velocity_variation: z.strictObject({ kind, source, low: z.number(), median: z.number(), high: z.number() }),
});
export type Anchors = z.infer<typeof AnchorsSchema>;
