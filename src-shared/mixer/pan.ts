/** Gains from input channel to output channel: `left` and `right` out = ll*inL + rl*inR, lr*inL + rr*inR. */
export interface PanMatrix {
  readonly ll: number;
  readonly lr: number;
  readonly rl: number;
  readonly rr: number;
}

/**
 * Equal-power panning, -1 left ... 1 right, unity at the centre for mono and stereo alike, so that kits of both kinds
 * mix at one level. A mono sound (which reads as inL) keeps its power wherever it lies: +3 dB on one side when hard
 * panned. A stereo sound folds the far side into the near one, as Web Audio's StereoPannerNode does.
 */
export function panMatrix(pan: number, channelCount: number): PanMatrix {
  if (channelCount === 1) {
    const angle = ((pan + 1) * Math.PI) / 4;
    return pan === 0
      ? { ll: 1, lr: 1, rl: 0, rr: 0 }
      : { ll: Math.SQRT2 * Math.cos(angle), lr: Math.SQRT2 * Math.sin(angle), rl: 0, rr: 0 };
  }
  if (pan === 0) return { ll: 1, lr: 0, rl: 0, rr: 1 };
  const angle = (Math.abs(pan) * Math.PI) / 2;
  return pan < 0
    ? { ll: 1, lr: 0, rl: Math.sin(angle), rr: Math.cos(angle) }
    : { ll: Math.cos(angle), lr: Math.sin(angle), rl: 0, rr: 1 };
}
