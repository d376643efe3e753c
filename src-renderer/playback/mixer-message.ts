import type { MixerMeters, MixerSettings } from '#shared/mixer';

/** Name under which the audio thread knows the mixer. */
export const MIXER_PROCESSOR = 'backbeat-mixer';

/** What the mixer in the audio thread is made with. */
export interface MixerProcessorOptions {
  readonly settings: MixerSettings;
  /** How often it sends its meters; 0 for never. */
  readonly metersHertz: number;
}

/** To the audio thread. */
export type MixerCommand =
  | { readonly kind: 'settings'; readonly settings: MixerSettings }
  | { readonly kind: 'resetLoudness' };

/** From it. */
export type MixerReport = MixerMeters;
