/** A reader of WAV chunks of the tests' own, so that the program's writer is not judged by its own reader. */

export interface WavChunks {
  /** Ids in their order. */
  readonly ids: readonly string[];
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly bits: number;
  readonly frames: number;
  readonly acid: {
    readonly isOneShot: boolean;
    readonly hasRoot: boolean;
    readonly beats: number;
    readonly meter: string;
    readonly tempo: number;
  } | null;
  readonly loops: readonly { readonly start: number; readonly end: number }[];
  readonly cues: readonly { readonly frame: number; readonly label: string }[];
}

/** Throws where sizes do not add up to the file. */
export function readWavChunks(bytes: Uint8Array): WavChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length = 4): string => String.fromCharCode(...bytes.subarray(at, at + length));
  const u32 = (at: number): number => view.getUint32(at, true);
  const u16 = (at: number): number => view.getUint16(at, true);
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') throw new Error('no WAV');
  if (u32(4) + 8 !== bytes.length)
    throw new Error(`RIFF says ${u32(4) + 8} bytes, the file has ${bytes.length}`);
  const chunks = new Map<string, { readonly at: number; readonly size: number }>();
  for (let at = 12; at < bytes.length; ) {
    const size = u32(at + 4);
    if (at + 8 + size > bytes.length) throw new Error(`${text(at)} passes the file's end`);
    chunks.set(text(at), { at: at + 8, size });
    at += 8 + size + (size % 2);
  }
  const must = (id: string): { readonly at: number; readonly size: number } => {
    const chunk = chunks.get(id);
    if (!chunk) throw new Error(`no ${id}`);
    return chunk;
  };
  const format = must('fmt ').at;
  const [channelCount, bits] = [u16(format + 2), u16(format + 14)];
  const acid = chunks.get('acid');
  const sampler = chunks.get('smpl');
  const cue = chunks.get('cue ');
  const list = chunks.get('LIST');
  const labels = new Map<number, string>();
  if (list) {
    if (text(list.at) !== 'adtl') throw new Error('a LIST of something else');
    for (let at = list.at + 4; at < list.at + list.size; at += 8 + u32(at + 4) + (u32(at + 4) % 2)) {
      if (text(at) !== 'labl') throw new Error(`${text(at)} in adtl`);
      labels.set(u32(at + 8), text(at + 12, u32(at + 4) - 5));
    }
  }
  return {
    ids: [...chunks.keys()],
    channelCount,
    sampleRate: u32(format + 4),
    bits,
    frames: must('data').size / channelCount / (bits / 8),
    acid: acid
      ? {
          isOneShot: (u32(acid.at) & 1) !== 0,
          hasRoot: (u32(acid.at) & 2) !== 0,
          beats: u32(acid.at + 12),
          meter: `${u16(acid.at + 18)}/${u16(acid.at + 16)}`,
          tempo: view.getFloat32(acid.at + 20, true),
        }
      : null,
    loops: sampler
      ? Array.from({ length: u32(sampler.at + 28) }, (_, loop) => ({
          start: u32(sampler.at + 36 + loop * 24 + 8),
          end: u32(sampler.at + 36 + loop * 24 + 12),
        }))
      : [],
    cues: cue
      ? Array.from({ length: u32(cue.at) }, (_, index) => {
          const at = cue.at + 4 + index * 24;
          if (text(at + 8) !== 'data' || u32(at + 4) !== u32(at + 20))
            throw new Error('a cue outside the data');
          return { frame: u32(at + 20), label: labels.get(u32(at)) ?? '' };
        })
      : [],
  };
}
