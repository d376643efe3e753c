import { COMMON_TIME, type Tempo, type Track } from '#shared/model';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';

/** Beats of a steady tempo over the whole track, of which one falls on `firstDownbeat` seconds. */
export function steadyTempo(track: Track, bpm: number, firstDownbeat: number): Tempo {
  const meter = track.tempo?.meter ?? COMMON_TIME;
  const beat = 60 / bpm;
  const first = Math.ceil(-firstDownbeat / beat);
  const last = Math.floor((track.seconds - firstDownbeat) / beat);
  const beats = Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => firstDownbeat + (first + index) * beat,
  );
  return { bpm, firstDownbeat, meter, confidence: 1, beats };
}

/** The user's tempo in place of the detected one. */
export async function setTempo(
  library: Library,
  trackId: string,
  bpm: number,
  firstDownbeat: number,
): Promise<void> {
  await library.write(async at => {
    const track = await at.tracks.one(trackId);
    if (!track) throw new Failed({ code: 'notFound', path: `track ${trackId}` });
    await at.tracks.setTempo(trackId, steadyTempo(track, bpm, firstDownbeat));
  });
}
