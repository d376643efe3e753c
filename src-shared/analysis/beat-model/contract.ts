import type { ModelDescription } from '../model-separation';

/** Beat This! and its like: a log-mel spectrogram in, a logit of beat and one of downbeat a frame out. */
export interface BeatContract {
  readonly id: 'beat-this';
  readonly input: string;
  readonly beat: string;
  readonly downbeat: string;
  /** Frames that the graph takes at once; null where any number up to `CHUNK_FRAMES`. */
  readonly frames: number | null;
}

export const MEL_BANDS = 128;
/** Frames that the published models were trained on, 30 s. */
export const CHUNK_FRAMES = 1500;

/** null when the model takes or gives other tensors. Names only tell the two outputs apart; without them beat comes first. */
export function detectBeatModel({ inputs, outputs }: ModelDescription): BeatContract | null {
  const [input] = inputs;
  if (inputs.length !== 1 || !input || outputs.length < 2) return null;
  const [batch, frames, bands] = input.dims;
  if (input.dims.length !== 3 || bands !== MEL_BANDS || (batch !== null && batch !== 1)) return null;
  const rows = outputs.filter(
    ({ dims }) => dims.length === 2 || (dims.length === 3 && dims[2] === 1) || dims.length === 0,
  );
  if (rows.length < 2) return null;
  const downbeat = rows.find(({ name }) => /down/i.test(name)) ?? rows[1];
  const beat = rows.find(({ name }) => name !== downbeat?.name);
  if (!beat || !downbeat) return null;
  return {
    id: 'beat-this',
    input: input.name,
    beat: beat.name,
    downbeat: downbeat.name,
    frames: frames ?? null,
  };
}
