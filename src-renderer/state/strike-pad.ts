import { create } from 'zustand';
import { strikeByHand } from '#renderer/playback';
import type { Hit, HitId, HitShape, Pad } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { soundByHand } from './by-hand';
import { knownHit } from './browse-hits';
import { comparedDecibels } from './kit-compare';
import { useKitDraft } from './kit-draft';
import { useLibrary } from './library';
import { attempt } from './notices';

/** The pad that was struck last and with which hit, and how often any was: for lights. */
export const useStruckPad = create<{
  readonly padId: string | null;
  readonly hit: HitId | null;
  readonly stroke: number;
}>(() => ({ padId: null, hit: null, stroke: 0 }));

const hitIn = (kitId: string, hit: HitId): Hit | undefined =>
  useLibrary.getState().kitHits[kitId]?.find(({ id }) => id === hit) ?? knownHit(hit);

/** Strikes a pad of the open kit: the layer of that velocity (0..1) and the take whose turn it is. */
export function strikePad(pad: Pad, velocity: number): void {
  const { kit } = useKitDraft.getState();
  const sound = kit && soundByHand(kit, pad, velocity);
  const { stroke } = useStruckPad.getState();
  useStruckPad.setState({ padId: pad.id, hit: sound?.hit ?? null, stroke: stroke + 1 });
  const hit = kit && sound && hitIn(kit.id, sound.hit);
  if (!hit) return;
  const { pan, choke } = pad;
  const gain = sound.gain * gainOfDecibels(comparedDecibels());
  void attempt('Playing the pad', () => strikeByHand({ hit, shape: sound.shape, gain, pan, choke }));
}

/** Strikes the pad of a MIDI note; false when the open kit has none. */
export function strikeNote(note: number, velocity: number): boolean {
  const pad = useKitDraft.getState().kit?.pads.find(one => one.note === note);
  if (pad) strikePad(pad, velocity);
  return pad !== undefined;
}

/** Plays a hit as a kit shapes it, at its full level. */
export const listenShaped = (hit: Hit, shape: HitShape | null): void =>
  void attempt('Playing the hit', () =>
    strikeByHand({
      hit,
      shape: shape && { ...shape, gainDecibels: 0 },
      gain: gainOfDecibels(shape?.gainDecibels ?? 0),
      pan: 0,
      choke: 'audition',
    }),
  );
