import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AudioFormat, Failed, openAudio } from '#main/platform';
import type { PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';

/** A folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const neverAborted = new AbortController().signal;

/** Whether a program of the machine is there; tests that compare with it are skipped by name when not. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const runTool = (program: string, ...args: readonly string[]): Buffer =>
  execFileSync(program, args, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });

/** Converts with ffmpeg; answers `to`. */
export function ffmpeg(from: string, to: string, ...args: readonly string[]): string {
  runTool('ffmpeg', '-v', 'error', '-y', '-i', from, ...args, to);
  return to;
}

/** What ffmpeg decodes a file to. */
export function decodedByFfmpeg(path: string, channelCount: number, sampleRate: number): PlanarAudio {
  const bytes = runTool('ffmpeg', '-v', 'error', '-i', path, '-f', 'f32le', '-c:a', 'pcm_f32le', '-');
  const count = Math.floor(bytes.length / 4 / channelCount);
  const channels = Array.from({ length: channelCount }, (_, channel) =>
    Float32Array.from({ length: count }, (_, frame) =>
      bytes.readFloatLE(4 * (frame * channelCount + channel)),
    ),
  );
  return { sampleRate, channels };
}

export interface DecodedFile {
  readonly format: AudioFormat;
  /** Length that the file promised. */
  readonly frames: number | null;
  readonly audio: PlanarAudio;
  readonly largestChunk: number;
}

/** Decodes a whole file with our readers; throws `Failed` as a stage would see it. */
export async function decoded(path: string): Promise<DecodedFile> {
  const opened = await openAudio(path, neverAborted);
  if (!opened.ok) throw new Failed(opened.failure);
  const reader = opened.value;
  try {
    const parts: PlanarAudio[] = [];
    for await (const chunk of reader.chunks()) parts.push(chunk);
    const audio = { sampleRate: reader.sampleRate, channels: joined(parts, reader.channelCount) };
    const largestChunk = Math.max(0, ...parts.map(part => part.channels[0]?.length ?? 0));
    return { format: reader.format, frames: reader.frames, audio, largestChunk };
  } finally {
    await reader.close();
  }
}

/** The failure that decoding a file ends in; null when it succeeds. */
export async function failureOfDecoding(path: string): Promise<Failure | null> {
  try {
    await decoded(path);
    return null;
  } catch (error) {
    if (error instanceof Failed) return error.failure;
    throw error;
  }
}

function joined(parts: readonly PlanarAudio[], channelCount: number): Float32Array[] {
  return Array.from({ length: channelCount }, (_, channel) => {
    const all = new Float32Array(parts.reduce((sum, part) => sum + (part.channels[channel]?.length ?? 0), 0));
    let at = 0;
    for (const part of parts) {
      const samples = part.channels[channel] ?? new Float32Array(0);
      all.set(samples, at);
      at += samples.length;
    }
    return all;
  });
}

/** A copy of a file that ends after `share` of its bytes. */
export function cutShort(path: string, to: string, share: number): string {
  const bytes = readFileSync(path);
  writeFileSync(to, bytes.subarray(0, Math.round(bytes.length * share)));
  return to;
}
