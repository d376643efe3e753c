import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readWav } from '#main/platform';
import { INSTRUMENTS } from '#shared/model';
import { backbeat, suiteFolder } from '#test/cli';
import { DEMO_SONG } from '#test/material';
import { describe, expect, it } from 'vitest';

const lines = (text: string): string[] => text.trim().split('\n');

describe('commands that listen, on the demo song', () => {
  const home = suiteFolder();
  const drums = join(home, 'stems', 'first-light', 'drums.wav');

  it('separates into drums and a residual that sum to the song', async () => {
    expect(await backbeat(home, ['separate', DEMO_SONG, '--out', 'stems'])).toMatchObject({ code: 0 });
    const stems = await Promise.all([drums, drums.replace('drums', 'residual')].map(path => readWav(path)));
    const [first, second] = stems.map(stem => (stem.ok ? stem.value.channels[0] : undefined));
    expect(first?.length).toBe(second?.length);
    const power = (signal: Float32Array | undefined): number =>
      signal?.reduce((sum, x) => sum + x * x, 0) ?? 0;
    expect(power(first)).toBeGreaterThan(0);
    expect(power(second)).toBeGreaterThan(0);
  });

  it('writes a time a line', async () => {
    expect(await backbeat(home, ['onsets', drums, '--out', 'onsets'])).toMatchObject({ code: 0 });
    const times = lines(readFileSync(join(home, 'onsets', 'drums.txt'), 'utf8')).map(Number);
    expect(times.length).toBeGreaterThan(100);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('writes time, instrument and velocity of every hit', async () => {
    expect(await backbeat(home, ['transcribe', drums, '--out', 'hits'])).toMatchObject({ code: 0 });
    const hits = lines(readFileSync(join(home, 'hits', 'drums.txt'), 'utf8')).map(line => line.split('\t'));
    expect(hits.length).toBeGreaterThan(100);
    for (const [time, instrument, velocity] of hits) {
      expect(Number(time)).toBeGreaterThanOrEqual(0);
      expect(INSTRUMENTS).toContain(instrument);
      expect(Number(velocity)).toBeGreaterThanOrEqual(1);
      expect(Number(velocity)).toBeLessThanOrEqual(127);
    }
    const kicks = hits.filter(([, instrument]) => instrument === 'kick');
    expect(kicks.length).toBeGreaterThan(20);
  });

  it('finds tempo, beats and downbeats, separating first where asked to', async () => {
    const answer = await backbeat(home, ['tempo', DEMO_SONG, '--separate', '--json']);
    const tempo = JSON.parse(answer.stdout) as {
      bpm: number;
      meter: string;
      beats: number[];
      downbeats: number[];
    };
    expect(tempo.bpm).toBeCloseTo(96, 0);
    expect(tempo.meter).toBe('4/4');
    expect(tempo.beats.length).toBeGreaterThan(50);
    expect(tempo.downbeats.length).toBeGreaterThan(10);
  });

  it('tells one-shots, as short as a closed hat, with reasons, a line of JSON each', async () => {
    const files = ['kick-1', 'snare-1', 'chh-1', 'crash-1'].map(name =>
      resolve('assets/demo/kit', `${name}.wav`),
    );
    const answer = await backbeat(home, ['classify', ...files, '--json']);
    const answers = lines(answer.stdout).map(
      line => JSON.parse(line) as { instrument: string; role: string; reasons: string[] },
    );
    expect(answers.map(each => each.instrument)).toEqual(['kick', 'snare', 'chh', 'crash']);
    expect(answers[0]?.role).toBe('CORE');
    for (const { reasons } of answers) expect(reasons.length).toBeGreaterThan(0);
  });

  it('goes on with the rest of a batch when a file is bad, and says which and why', async () => {
    const answer = await backbeat(home, ['tempo', resolve('package.json'), drums]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(/package\.json holds .*, not audio/);
    expect(lines(answer.stdout)).toHaveLength(1);
  });
});
