import { answersOf, shapedAudio, shapeName, shapeOnPad } from '#shared/mix';
import type { HitId, HitShape } from '#shared/model';
import type { Score } from './program';

/** What a voice sounds with. */
interface Sound {
  readonly hit: HitId;
  /** null as it was cut. */
  readonly shape: HitShape | null;
}

/** Shaped sounds that are kept: what an hour of turning knobs leaves behind is let go. */
const KEPT = 400;

const nameOf = (hit: HitId, shape: HitShape): string => `${hit} ${shapeName(shape)}`;

/** Buffers of hits, and of what kits make of them: shaped once, by the code of renders. */
export class ShapedBuffers {
  readonly #context: BaseAudioContext;
  #plain: ReadonlyMap<HitId, AudioBuffer> = new Map();
  readonly #shaped = new Map<string, { readonly from: AudioBuffer; readonly buffer: AudioBuffer }>();

  constructor(context: BaseAudioContext) {
    this.#context = context;
  }

  /** Hits as they were cut, at the context's rate, that are used from now on. */
  setPlain(plain: ReadonlyMap<HitId, AudioBuffer>): void {
    this.#plain = plain;
  }

  plain(hit: HitId): AudioBuffer | undefined {
    return this.#plain.get(hit);
  }

  of({ hit, shape }: Sound, plain = this.#plain.get(hit)): AudioBuffer | undefined {
    if (!plain || !shape) return plain;
    const name = nameOf(hit, shape);
    const known = this.#shaped.get(name);
    if (known?.from === plain) return known.buffer;
    const buffer = this.#make(plain, shape);
    this.#shaped.delete(name);
    this.#shaped.set(name, { from: plain, buffer });
    for (const oldest of this.#shaped.keys()) {
      if (this.#shaped.size <= KEPT) break;
      this.#shaped.delete(oldest);
    }
    return buffer;
  }

  has({ hit, shape }: { readonly hit: HitId; readonly shape: HitShape }): boolean {
    return this.#shaped.has(nameOf(hit, shape));
  }

  #make(plain: AudioBuffer, shape: HitShape): AudioBuffer {
    const { sampleRate, numberOfChannels } = plain;
    const channels = Array.from({ length: numberOfChannels }, (_, channel) => plain.getChannelData(channel));
    const shaped = shapedAudio({ sampleRate, channels }, shape);
    const length = Math.max(1, shaped.channels[0]?.length ?? 0);
    const buffer = this.#context.createBuffer(numberOfChannels, length, sampleRate);
    for (const [channel, samples] of shaped.channels.entries())
      buffer.copyToChannel(new Float32Array(samples), channel);
    return buffer;
  }
}

/** Shapes what `sections` play before it is to sound; lets others take their turn between two sounds. */
export async function prepareShapes(
  buffers: ShapedBuffers,
  plain: ReadonlyMap<HitId, AudioBuffer>,
  sections: readonly Score[],
): Promise<void> {
  for (const { kit, pattern } of sections) {
    const named = new Set(pattern.notes.flatMap(({ hit }) => hit ?? []));
    for (const pad of kit.pads) {
      const hits = new Set([...answersOf(pad), ...pad.hits.filter(hit => named.has(hit))]);
      for (const hit of hits) {
        const { shape } = shapeOnPad(kit, pad, hit);
        if (!shape || buffers.has({ hit, shape })) continue;
        buffers.of({ hit, shape }, plain.get(hit));
        await new Promise(resolve => {
          setTimeout(resolve);
        });
      }
    }
  }
}
