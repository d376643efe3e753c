import { describe, expect, it } from 'vitest';
import type { JobView } from '#shared/protocol';
import { latestProject, parseStartOptions } from '../../../src-main/http/start-options';

describe('what a host is told at its start', () => {
  it('is nothing by default', () => {
    expect(parseStartOptions([])).toEqual({ ok: true, value: { openLatest: false, port: 0 } });
  });

  it('may name a port and ask for the latest project, among arguments of Electron', () => {
    const args = ['/app', '--no-sandbox', '--open-latest', '--port', '8123', '--lang=de'];
    expect(parseStartOptions(args)).toEqual({ ok: true, value: { openLatest: true, port: 8123 } });
  });

  it.each(['-1', '65536', 'abc', '1.5'])('refuses %s as a port', port => {
    expect(parseStartOptions([`--port=${port}`])).toMatchObject({
      ok: false,
      failure: { code: 'badOption', option: '--port', value: port },
    });
  });
});

const job = (changes: Partial<JobView>): JobView => ({
  id: 'job',
  kind: 'run-line',
  title: 'song',
  state: 'done',
  progress: { stage: '', stageNumber: 0, stageCount: 0, fraction: 1, rate: '', secondsLeft: null, notes: [] },
  failure: null,
  files: [],
  made: { trackId: 't', kitId: 'k', patternId: 'p' },
  createdAt: '2026-01-01T00:00:00.000Z',
  refused: [],
  data: null,
  ...changes,
});

describe('the latest project', () => {
  const latest = (...jobs: JobView[]) => latestProject({ jobs: async () => jobs });

  it('is what the newest finished line made', async () => {
    const older = job({ made: { trackId: 'old', kitId: 'old', patternId: 'old' } });
    const newer = job({ createdAt: '2026-01-02T00:00:00.000Z' });
    expect(await latest(newer, older)).toEqual({ trackId: 't', kitId: 'k', patternId: 'p' });
    expect(await latest(older, newer)).toEqual({ trackId: 't', kitId: 'k', patternId: 'p' });
  });

  it('is none while lines failed, run, or made no pattern', async () => {
    const jobs = [job({ state: 'failed' }), job({ state: 'running' }), job({ made: { trackId: 't' } })];
    expect(await latest(...jobs)).toBeNull();
  });

  it('is none when only songs were imported', async () => {
    expect(await latest(job({ kind: 'import-track' }))).toBeNull();
  });
});
