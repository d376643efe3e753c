import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeMidi, EventGridSchema, type Pattern } from '#shared/model';
import { readWav } from '#main/platform';
import { decoded } from '#test/audio-files';
import { backbeat, suiteFolder } from '#test/cli';
import { clickSamples, POOLS, SAMPLE_IDS } from '#test/groove-line';
import { readWavChunks } from '#test/read-wav-chunks';

const home = suiteFolder();
const at = (...parts: string[]): string => join(home, ...parts);
const run = async (...argv: string[]): Promise<void> => {
  const { code, stderr } = await backbeat(home, [...argv, '--quiet']);
  expect(`${stderr}${code}`).toBe('0');
};
const midiAt = (...parts: string[]): Pattern => {
  const decoded = decodeMidi(readFileSync(at(...parts)));
  if (!decoded.ok) throw new Error(decoded.failure.join());
  return decoded.value.pattern;
};
const eventsAt = (...parts: string[]) =>
  EventGridSchema.parse(JSON.parse(readFileSync(at(...parts), 'utf8')));

beforeAll(async () => {
  await clickSamples(home, SAMPLE_IDS);
  await writeFile(at('pools.json'), JSON.stringify(POOLS));
  await run('skeleton', '--bpm', '100', '--bars', '2', '--pools_json', at('pools.json'), '--out', at('out'));
});

const seedFlags = [
  '--grid_json',
  at('out', 'grid_1.json'),
  '--events_json',
  at('out', 'event_grid_1.json'),
  '--pools_json',
  at('pools.json'),
  '--out_dir',
  at('out'),
];

describe('the commands of the groove models', () => {
  it('groovae writes the seed’s numbered files, and its render on demand', async () => {
    await run('groovae', ...seedFlags, '--seed', '123', '--render', '--sample_root', home);
    const names = readdirSync(at('out'));
    expect(names).toContain('event_grid_groovae_1.json');
    expect(names).toContain('render_groovae_1.wav');
    const events = eventsAt('out', 'event_grid_groovae_1.json');
    expect(events.map(event => [event.bar, event.step, event.role])).toEqual(
      eventsAt('out', 'event_grid_1.json').map(event => [event.bar, event.step, event.role]),
    );
    expect(events.some(event => event.micro_offset_ms !== 0)).toBe(true);
  });

  it('transformer takes the model unless told otherwise, and its tasks', async () => {
    await run('transformer', ...seedFlags);
    await run('transformer', ...seedFlags, '--engine', 'markov');
    await run('transformer', ...seedFlags, '--task', 'infill', '--from_bar', '1', '--to_bar', '2');
    const [model, markov, infilled] = [1, 2, 3].map(number =>
      eventsAt('out', `event_grid_transformer_${number}.json`),
    );
    expect(model).not.toEqual(markov);
    expect(model?.some(event => event.micro_offset_ms !== 0)).toBe(true);
    expect(markov?.every(event => event.micro_offset_ms === 0)).toBe(true);
    const first = eventsAt('out', 'event_grid_1.json').filter(event => event.bar === 0);
    expect(infilled?.filter(event => event.bar === 0 && event.source === 'transformer').length).toBe(
      first.length,
    );
  });

  it('groove generates, continues and humanises MIDI, a folder or a file at a time', async () => {
    await run('groove', 'generate', '--bars', '2', '--style', 'funk', '--count', '2', '--out', at('made'));
    expect(readdirSync(at('made')).sort()).toEqual(['groove-0000.mid', 'groove-0001.mid']);
    const given = midiAt('made', 'groove-0000.mid');
    expect(given.notes.length).toBeGreaterThan(5);
    await run('groove', 'continue', at('made'), '--count', '2', '--out', at('longer'));
    expect(midiAt('longer', 'groove-0001.mid').bars.length).toBeGreaterThanOrEqual(4);
    await run(
      'groove',
      'humanise',
      at('made', 'groove-0000.mid'),
      '--mode',
      'tight',
      '--out',
      at('tight.mid'),
    );
    expect(midiAt('tight.mid').notes.length).toBe(given.notes.length);
  });

  it('groove humanise takes and gives the lines of the groove measure', async () => {
    const line = JSON.stringify({
      id: 'w1',
      bpm: 110,
      notes: [
        [0, 36],
        [4, 38],
        [0, 42],
        [2, 42],
      ],
    });
    await writeFile(at('windows.jsonl'), `${line}\n`);
    await run('groove', 'humanise', at('windows.jsonl'), '--mode', 'human', '--out', at('answer.jsonl'));
    const answer = JSON.parse(readFileSync(at('answer.jsonl'), 'utf8')) as { id: string; notes: number[][] };
    expect(answer.id).toBe('w1');
    const written = answer.notes.map(([step, pitch]) => `${step} ${pitch}`);
    expect(new Set(written)).toEqual(new Set(['0 36', '4 38', '0 42', '2 42']));
    for (const [, , offset = 9, velocity = 0] of answer.notes) {
      expect(Math.abs(offset)).toBeLessThanOrEqual(0.5);
      expect(velocity).toBeGreaterThanOrEqual(1);
    }
  });

  const made = at('made', 'groove-0000.mid');
  it.each([
    [
      'bars that are not there',
      ['groove', 'infill', made, '--from_bar', '1', '--to_bar', '9'],
      1,
      'Choose bars 1 to',
    ],
    ['a fill nowhere', ['groove', 'fill', made], 2, '--bar is missing'],
    ['half a region', ['groove', 'vary', made, '--from_bar', '1'], 2, 'belong together'],
    ['a file that is gone', ['groove', 'tap', at('gone.mid')], 1, 'is not there'],
    [
      'tasks of another engine',
      ['transformer', ...seedFlags, '--engine', 'markov', '--task', 'fill'],
      2,
      'no task fill',
    ],
    ['a morph towards nothing', ['groovae', ...seedFlags, '--task', 'morph'], 2, '--towards_json is missing'],
  ])('refuse %s and say what to do', async (_, argv, code, words) => {
    const answer = await backbeat(home, [...argv, '--out', at('refused')]);
    expect([answer.code, answer.stderr.includes(words)]).toEqual([code, true]);
  });
});

describe('render', () => {
  it('writes loops of exact length with their tempo in them, and FLACs of the same samples', async () => {
    const sound = ['--sample_root', home, '--name', 'beat', '--format', '16', '--stems'];
    await run('render', ...seedFlags, ...sound, '--loop', '--acid', '--flac', '--passes', '2');
    const wav = readWavChunks(readFileSync(at('out', 'beat.wav')));
    expect(wav).toMatchObject({ frames: 2 * 4.8 * 44_100, bits: 16, acid: { beats: 16, meter: '4/4' } });
    expect(wav.acid?.tempo).toBeCloseTo(100, 4);
    for (const name of ['beat', join('beat_stems', 'CORE')]) {
      const read = await readWav(at('out', `${name}.wav`));
      const flac = await decoded(at('out', `${name}.flac`));
      expect(read.ok && read.value.channels).toEqual(flac.audio.channels);
    }
    const { code, stderr } = await backbeat(home, ['render', ...seedFlags, ...sound, '--acid']);
    expect([code, stderr]).toEqual([2, 'backbeat: --acid describes a loop: add --loop.\n']);
  });
});
