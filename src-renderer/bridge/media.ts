import { type OnsetsFile, OnsetsFileSchema } from '#shared/analysis';
import type { ResultFile } from '#shared/protocol';

export const audioUrl = (sha256: string): string => `/media/${sha256}.wav`;

/** Where a browser downloads a file that a job made. */
export const fileUrl = (jobId: string, file: ResultFile): string =>
  `/files/${encodeURIComponent(jobId)}/${encodeURIComponent(file.name)}`;

/** Frames of audio that one minimum and maximum of a peaks file covers. */
export const PEAK_FRAMES = 512;

/** The overview of a stem: minimum and maximum per `PEAK_FRAMES` frames, in turn. */
export async function fetchPeaks(sha256: string, signal?: AbortSignal): Promise<Float32Array> {
  const answer = await fetch(`/media/${sha256}.peaks`, signal ? { signal } : {});
  if (!answer.ok) throw new Error(`peaks ${sha256.slice(0, 8)}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  return new Float32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
}

/** Whether the library still has the file; true when nobody answers, which is another trouble. */
export async function hasMedia(sha256: string): Promise<boolean> {
  const answer = await fetch(audioUrl(sha256), { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  return answer?.status !== 404;
}

/** Everything that was heard in a track. */
export async function fetchOnsets(sha256: string): Promise<OnsetsFile> {
  const answer = await fetch(`/media/${sha256}.json`);
  if (!answer.ok) throw new Error(`onsets ${sha256.slice(0, 8)}: ${answer.status}`);
  return OnsetsFileSchema.parse(await answer.json());
}
