import { HandTurns, HEADROOM_DECIBELS, shapeOnPad, strokeGain } from '#shared/mix';
import type { HitId, HitShape, Kit, Pad } from '#shared/model';
import { gainOfDecibels } from '#shared/units';

/** What a stroke by hand sounds with. */
export interface SoundByHand {
  readonly hit: HitId;
  /** null as it was cut. */
  readonly shape: HitShape | null;
  /** Linear. */
  readonly gain: number;
}

const turns = new HandTurns();

/** The sound of a stroke of velocity 0..1 on a pad of `kit`; null where the pad is empty. */
export function soundByHand(kit: Kit, pad: Pad, velocity: number): SoundByHand | null {
  const hit = turns.next(pad, velocity);
  if (hit === null) return null;
  const { shape, gainDecibels } = shapeOnPad(kit, pad, hit);
  const gain = gainOfDecibels(gainDecibels + HEADROOM_DECIBELS) * strokeGain(pad, velocity);
  return { hit, shape, gain };
}
