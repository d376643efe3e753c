import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  type MixSource,
  openSeparationModel,
  type SeparateOptions,
  type SeparationModel,
  separateWithModel,
} from '#main/inference';
import { explain, type Failure } from '#shared/protocol';
import { song } from '#test/audio';
import { temporaryFolder } from '#test/audio-files';
import { type OnnxGraph, onnxModel } from '#test/onnx-graphs';

/** Path of a model's file that is gone when the test has ended. */
export async function fileOf(graph: OnnxGraph | Uint8Array, fileName = 'model.onnx'): Promise<string> {
  const path = join(temporaryFolder(), fileName);
  await writeFile(path, graph instanceof Uint8Array ? graph : onnxModel(graph));
  return path;
}

export async function open(graph: OnnxGraph, fileName?: string): Promise<SeparationModel> {
  const opened = await openSeparationModel(await fileOf(graph, fileName), { threads: 1 });
  if (!opened.ok) throw new Error(explain(opened.failure));
  return opened.value;
}

export async function failureOf(graph: OnnxGraph | Uint8Array): Promise<Failure> {
  const opened = await openSeparationModel(await fileOf(graph), { threads: 1 });
  if (opened.ok) throw new Error('it was accepted');
  return opened.failure;
}

/** A song that is read in pieces of an odd length. */
export const sourceOf = (channels: readonly Float32Array[], sampleRate: number): MixSource => ({
  sampleRate,
  channelCount: channels.length,
  frames: channels[0]?.length ?? 0,
  async *pieces() {
    for (let start = 0; start < (channels[0]?.length ?? 0); start += 777) {
      yield await Promise.resolve(channels.map(channel => channel.slice(start, start + 777)));
    }
  },
});

export const mixOf = (frames: number): MixSource =>
  sourceOf(
    song(frames / 44_100 + 0.01).channels.map(channel => channel.slice(0, frames)),
    44_100,
  );

/** Two low tones, the second channel upside down: nothing that resampling to 44.1 kHz or a model of low bins would lose. */
export function lowSong(frames: number, channelCount = 2, sampleRate = 44_100): MixSource {
  const channel = Float32Array.from(
    { length: frames },
    (_, at) => 0.4 * Math.sin(0.03 * at) + 0.2 * Math.cos(0.11 * at),
  );
  return sourceOf([channel, channel.map(value => -value)].slice(0, channelCount), sampleRate);
}

interface Separated {
  readonly mix: readonly Float32Array[];
  readonly stems: readonly (readonly Float32Array[])[];
  readonly residual: readonly Float32Array[];
}

const joined = (parts: readonly Float32Array[]): Float32Array =>
  Float32Array.from(parts.flatMap(part => [...part]));

export async function separate(
  model: SeparationModel,
  mix: MixSource,
  options: Partial<SeparateOptions> = {},
): Promise<Separated> {
  const pieces: { stems: readonly (readonly Float32Array[])[]; residual: readonly Float32Array[] }[] = [];
  const input: (readonly Float32Array[])[] = [];
  for await (const piece of mix.pieces()) input.push(piece);
  const result = await separateWithModel(model, mix, piece => Promise.resolve(void pieces.push(piece)), {
    seed: 1,
    shifts: 0,
    signal: new AbortController().signal,
    ...options,
  });
  if (!result.ok) throw new Error(explain(result.failure));
  const channels = Array.from({ length: mix.channelCount }, (_, channel) => channel);
  const count = pieces[0]?.stems.length ?? 0;
  return {
    mix: channels.map(channel => joined(input.map(piece => piece[channel]!))),
    stems: Array.from({ length: count }, (_, stem) =>
      channels.map(channel => joined(pieces.map(piece => piece.stems[stem]![channel]!))),
    ),
    residual: channels.map(channel => joined(pieces.map(piece => piece.residual[channel]!))),
  };
}

/** Largest distance of `found` from `gain` times `wanted`, leaving out `edge` frames at both ends. */
export function furthest(
  found: readonly Float32Array[],
  wanted: readonly Float32Array[],
  gain: number,
  edge = 0,
): number {
  expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length));
  let most = 0;
  found.forEach((channel, index) => {
    for (let at = edge; at < channel.length - edge; at++) {
      most = Math.max(most, Math.abs(channel[at]! - gain * wanted[index]![at]!));
    }
  });
  return most;
}

export const GAINS = [0.4, 0.3, 0.2, 0.1];
