import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContentHandler } from '../../src-main/http/content';
import { resolveUpload } from '#main/http';

const AUDIO = 'a'.repeat(64);
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

let folder = '';
let handle: (request: Request) => Promise<Response>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backbeat-content-'));
  writeFileSync(join(folder, 'artefact'), bytes);
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'take.flac'), bytes);
  writeFileSync(join(folder, 'Süd 100 %.wav'), bytes);
  handle = createContentHandler({
    rendererFolder: join(folder, 'not-built'),
    uploadFolder: join(folder, 'uploads'),
    artefactPath: async sha256 =>
      ({ [AUDIO]: join(folder, 'artefact'), ['b'.repeat(64)]: join(folder, 'empty') })[sha256] ?? null,
    datasetAudioPath: async (runId, number) =>
      runId === 'run' && number === 7 ? join(folder, 'take.flac') : null,
    jobFilePath: async ({ jobId, name }) => (jobId === 'job 1' ? join(folder, name) : null),
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As Electron asks (`app://bundle`); the web host's own tests ask over HTTP. */
const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  handle(new Request(`app://bundle${path}`, init));

const range = (value: string): RequestInit => ({ headers: { range: value } });

describe('the audio of a dataset', () => {
  it('is answered by the number of its sample, whole or in part, and looked at again each time', async () => {
    const whole = await ask('/media/dataset/run/7');
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'audio/flac',
      'content-length': '1000',
      'cache-control': 'no-cache',
    });
    const part = await ask('/media/dataset/run/7', range('bytes=0-9'));
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
    for (const path of ['run/8', 'run', 'run/7/more', 'run/x', 'run/-7', 'run/7.flac', 'other/7'])
      expect([path, (await ask(`/media/dataset/${path}`)).status]).toEqual([path, 404]);
  });
});

describe('an artefact', () => {
  it('is answered whole, with its length and type, to be kept for ever', async () => {
    const answer = await ask(`/media/${AUDIO}.wav`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(bytes.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
  });

  it.each([
    ['bytes=0-0', 'bytes 0-0/1000', 0, 1],
    ['bytes=990-', 'bytes 990-999/1000', 990, 1000],
    ['bytes=-5', 'bytes 995-999/1000', 995, 1000],
    ['bytes=100-299', 'bytes 100-299/1000', 100, 300],
  ])('is answered in part: %s', async (value, contentRange, from, to) => {
    const answer = await ask(`/media/${AUDIO}.wav`, range(value));
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(contentRange);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes.subarray(from, to));
  });

  it('says its length when a range lies behind its end', async () => {
    const answer = await ask(`/media/${AUDIO}.wav`, range('bytes=1000-'));
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
  });

  it('is told of without its bytes with HEAD', async () => {
    const answer = await ask(`/media/${AUDIO}.wav`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), answer.body]).toEqual([200, '1000', null]);
  });

  it('may be empty', async () => {
    const answer = await ask(`/media/${'b'.repeat(64)}.peaks`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  it.each([
    `/media/${AUDIO.slice(1)}.wav`,
    `/media/${AUDIO}.wav/more`,
    `/media/${'c'.repeat(64)}.wav`,
    '/media',
  ])('is not found at %s', async path => {
    expect((await ask(path)).status).toBe(404);
  });
});

describe('a file that a job made', () => {
  it('is a download under its name', async () => {
    const answer = await ask(`/files/job%201/${encodeURIComponent('Süd 100 %.wav')}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''S%C3%BCd%20100%20%25.wav",
    );
  });

  it('is not found when it was moved away, or is a folder', async () => {
    expect((await ask('/files/job%201/gone.wav')).status).toBe(404);
    expect((await ask('/files/job%201/uploads')).status).toBe(404);
  });
});

describe('an upload', () => {
  it('is found again by its id alone', async () => {
    const answer = await ask('/upload?name=song.wav', { method: 'POST', body: bytes });
    const { id } = (await answer.json()) as { id: string };
    const path = join(folder, 'uploads', id, 'song.wav');
    expect(resolveUpload(join(folder, 'uploads'), id)).toEqual({ path, name: 'song.wav' });
    for (const other of ['', '..', `../${id}`, id.replace(/.$/, 'x')]) {
      expect(resolveUpload(join(folder, 'uploads'), other)).toBeNull();
    }
  });

  it('says why when nothing can be written, and leaves nothing', async () => {
    const blocked = createContentHandler({
      rendererFolder: folder,
      // A file where the folder should be.
      uploadFolder: join(folder, 'artefact', 'uploads'),
      artefactPath: async () => null,
      datasetAudioPath: async () => null,
      jobFilePath: async () => null,
    });
    const answer = await blocked(
      new Request('app://bundle/upload?name=a.wav', { method: 'POST', body: bytes }),
    );
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      failure: { code: 'notWritable' },
      message: expect.stringContaining('Choose another folder') as string,
    });
  });

  it('that breaks in the middle leaves nothing', async () => {
    const before = readdirSync(join(folder, 'uploads'));
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(1000));
        controller.error(new TypeError('terminated'));
      },
    });
    await expect(ask('/upload?name=a.wav', { method: 'POST', body, duplex: 'half' })).rejects.toThrow(
      'terminated',
    );
    expect(readdirSync(join(folder, 'uploads'))).toEqual(before);
  });
});

it('says that the window is not built when it is not', async () => {
  const answer = await ask('/');
  expect([answer.status, await answer.text()]).toEqual([404, 'The window is not built. Run npm run build.']);
});
