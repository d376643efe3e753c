import type { FileHandle } from 'node:fs/promises';
import { TpdfDither } from '#shared/dsp';
import type { Sf2Layout } from '#shared/kit-formats';
import type { PlanarAudio } from '#shared/model';

/** Writes a font slot by slot; of 24 bits the upper 16 stand in one chunk and the lower 8 in another. */
export async function writeSf2(
  file: FileHandle,
  layout: Sf2Layout,
  audioOf: (sound: string) => Promise<PlanarAudio>,
): Promise<void> {
  await file.write(layout.head);
  const lower: Uint8Array[] = [];
  let lowerBytes = 0;
  for (const { sound, channel, lead, frames, rest } of layout.slots) {
    const samples = (await audioOf(sound)).channels[channel] ?? new Float32Array(frames);
    const high = Buffer.alloc(2 * (lead + frames + rest));
    const low = layout.isWide ? new Uint8Array(lead + frames + rest) : null;
    const dither = new TpdfDither(sound, channel);
    for (let frame = 0; frame < frames; frame++) {
      const value = samples[frame] ?? 0;
      if (low) {
        const whole = Math.max(-8_388_608, Math.min(8_388_607, Math.round(value * 8_388_608)));
        high.writeInt16LE(whole >> 8, 2 * (lead + frame));
        low[lead + frame] = whole & 0xff;
      } else high.writeInt16LE(dither.quantise(value, 16), 2 * (lead + frame));
    }
    await file.write(high);
    if (low) lower.push(low);
    lowerBytes += low?.length ?? 0;
  }
  if (layout.isWide) {
    await file.write(layout.middle);
    for (const piece of lower) await file.write(piece);
    await file.write(new Uint8Array(lowerBytes % 2));
  }
  await file.write(layout.tail);
  await file.sync();
}
