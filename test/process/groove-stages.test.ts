import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editStage } from '#main/pipeline/editor';
import { gridStage } from '#main/pipeline/grid';
import { layoutStage } from '#main/pipeline/layout';
import { renderStage } from '#main/pipeline/render';
import { Cancelled, type FileRef } from '#main/pipeline/stage';
import { transformerStage } from '#main/pipeline/transformer';
import { readWav, writeWav } from '#main/platform';
import {
  EventGridSchema,
  type GridEvent,
  GridFileSchema,
  type Mix,
  PLAIN_BUS,
  PLAIN_MIX,
  type PlanarAudio,
  ROLES_IN_ORDER,
  SkeletonMetaSchema,
} from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { clickSamples, folderIn, laidGroove, POOLS, writeJson } from '#test/groove-line';
import { readSmf } from '#test/read-smf';
import { filesOf, refOf, runStageIn } from '#test/stage-run';

const jsonOf = async (file: FileRef | undefined): Promise<unknown> =>
  JSON.parse(await readFile(file?.path ?? '', 'utf8'));
const eventsOf = async (file: FileRef | undefined): Promise<GridEvent[]> =>
  EventGridSchema.parse(await jsonOf(file));

async function audioOf(file: FileRef | undefined): Promise<PlanarAudio> {
  const read = await readWav(file?.path ?? '');
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

/** Frames that are not silent. */
const soundingFrames = (audio: PlanarAudio): number[] =>
  [...(audio.channels[0] ?? []).entries()].flatMap(([frame, value]) =>
    Math.abs(value) > 0.001 ? [frame] : [],
  );

/** Bytes of all files in a folder, by name. */
const bytesIn = async (folder: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(folder)).map(async name => [
        name,
        (await readFile(join(folder, name))).toString('base64'),
      ]),
    ),
  );

/** Channel by channel, the 32-bit sum of stems in the order given. */
function summed(stems: readonly PlanarAudio[]): Float32Array[] {
  return [0, 1].map(channel => {
    const sum = new Float32Array(stems[0]?.channels[channel]?.length ?? 0);
    for (const stem of stems) {
      for (const [frame, value] of (stem.channels[channel] ?? new Float32Array(0)).entries())
        sum[frame]! += value;
    }
    return sum;
  });
}

describe('the stages from grid to layout', () => {
  it('write the files of the seeds: grid, events with samples, and what was chosen', async () => {
    const groove = await laidGroove();
    const grid = GridFileSchema.parse(await jsonOf(groove.grid));
    expect(grid).toMatchObject({ bpm: 120, meter: '4/4', steps_per_bar: 16, num_bars: 4 });
    expect(grid).toMatchObject({ tbeat: 0.5, tbar: 2, tstep: 0.125, bar_start: [0, 2, 4, 6] });
    const meta = SkeletonMetaSchema.parse(await jsonOf(groove.skeletonMeta));
    expect(meta.samples.find(sample => sample.role === 'ACCENT')).toEqual({
      role: 'ACCENT',
      instrument: 'snare',
      sample_id: 'snare-a',
      filepath: 'snare-a.wav',
      confidence: 0.9,
    });
    const skeleton = await eventsOf(groove.skeleton);
    const kicks = skeleton.filter(event => event.role === 'CORE');
    expect(kicks.map(event => event.step)).toEqual([0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12]);
    expect(new Set(kicks.map(event => event.sample_id)).size).toBe(1);
  });

  it('parse the transformer’s events back from its MIDI', async () => {
    const { generated } = await laidGroove({ style: 'dense', seed: 7 });
    const events = await eventsOf(generated.eventGrid);
    const midi = readSmf(await readFile(generated.midi.path));
    expect(midi.notes.length).toBe(events.length);
    expect(events.length).toBeGreaterThan(40);
    const starts = midi.notes.map(note => note.seconds).sort((a, b) => a - b);
    const wanted = events.map(event => event.start).sort((a, b) => a - b);
    for (const [index, start] of starts.entries()) expect(start).toBeCloseTo(wanted[index] ?? NaN, 6);
    expect(events.every(event => event.source === 'transformer' && event.sample_id === null)).toBe(true);
  });

  it('lay out every event with its pool’s samples, and write layers of growing intensity', async () => {
    const { laid } = await laidGroove();
    const full = await eventsOf(laid['eventGrid']);
    expect(full.every(event => event.sample_id !== null)).toBe(true);
    const hats = full.filter(event => event.role === 'MOTION').map(event => event.sample_id);
    expect(hats.slice(0, 6)).toEqual(['hat-a', 'hat-b', 'hat-c', 'hat-a', 'hat-b', 'hat-c']);
    const rolesOf = async (name: string): Promise<string[]> => [
      ...new Set((await eventsOf(laid[name])).map(event => event.role)),
    ];
    expect(await rolesOf('eventGrid:core')).toEqual(['CORE']);
    expect((await rolesOf('eventGrid:core-accent')).sort()).toEqual(['ACCENT', 'CORE']);
    expect(await eventsOf(laid['eventGrid:full'])).toEqual(full);
    expect(readSmf(await readFile(laid['midi:core']?.path ?? '')).trackNames).toEqual(['Backbeat', 'Core']);
  });

  it('edit the layers too on demand', async () => {
    const { root, grid, laid } = await laidGroove();
    const operations = [{ op: 'velocity', where: {}, set: 0.5 }];
    const input = { grid, events: laid['eventGrid'], operations, layers: true };
    const { files } = await filesOf(editStage, folderIn(root, 'edit'), input);
    const core = await eventsOf(files['eventGrid:core']);
    expect(new Set(core.map(event => `${event.role} ${event.vel}`))).toEqual(new Set(['CORE 0.5']));
    expect(await eventsOf(files['eventGrid:full'])).toEqual(await eventsOf(files['eventGrid']));
  });

  it('give the same bytes for the same seed, and other notes for another', async () => {
    const [one, same, other] = [await laidGroove(), await laidGroove(), await laidGroove({ seed: 43 })];
    const read = (groove: typeof one): Promise<string> =>
      readFile(groove.laid['eventGrid']?.path ?? '', 'utf8');
    expect(await read(same)).toBe(await read(one));
    expect(await read(other)).not.toBe(await read(one));
  });

  it('clamp the feel on demand and keep it otherwise', async () => {
    const { root, grid, laid, pools } = await laidGroove();
    const events = laid['eventGrid'];
    const shifted = await filesOf(editStage, folderIn(root, 'edit'), {
      grid,
      events,
      operations: [{ op: 'shift', where: { role: ['MOTION'] }, ms: 12 }],
    });
    const offsets = async (micro: unknown): Promise<number[]> => {
      const input = { grid, events: shifted.files['eventGrid'], pools, micro };
      const { files } = await filesOf(layoutStage, folderIn(root, JSON.stringify(micro)), input);
      const found = await eventsOf(files['eventGrid']);
      return [...new Set(found.filter(event => event.role === 'MOTION').map(event => event.micro_offset_ms))];
    };
    expect(await offsets('keep')).toEqual([12]);
    expect(await offsets({ clampMs: 5 })).toEqual([5]);
  });
});

/** So that nothing clips: the clicks, unlike drums, meet on a single frame. */
const QUIETER: Mix = {
  ...PLAIN_MIX,
  buses: Object.fromEntries(
    ROLES_IN_ORDER.map(role => [role, { ...PLAIN_BUS, gainDecibels: -6, pan: 0.2, drive: 0.1 }]),
  ),
};

/** Frames at which two stereo sounds differ. */
const differences = (a: readonly Float32Array[], b: readonly Float32Array[]): number[] =>
  a.flatMap((channel, index) => [...channel.keys()].filter(frame => channel[frame] !== b[index]?.[frame]));

describe('the render', () => {
  const render = async (options: Readonly<Record<string, unknown>> = {}, groove = laidGroove()) => {
    const { root, grid, laid, samples } = await groove;
    const folder = folderIn(root, `render-${JSON.stringify(options).length}`);
    const events = laid['eventGrid'];
    const input = { grid, events, samples, name: 'song', format: '32f', stems: true, ...options };
    return { ...(await filesOf(renderStage, folder, input)), folder, events: await eventsOf(events) };
  };
  const stemsOf = (files: Readonly<Record<string, FileRef>>): Promise<PlanarAudio[]> =>
    Promise.all(ROLES_IN_ORDER.flatMap(role => files[`stem:${role}`] ?? []).map(audioOf));

  it('sounds every attack on the very frame of the event’s start, its pre-roll before it', async () => {
    const { files, events } = await render();
    const framesOf = (role: GridEvent['role']): number[] => [
      ...new Set(events.filter(event => event.role === role).map(event => Math.round(event.start * 44_100))),
    ];
    const sounding = ROLES_IN_ORDER.filter(role => framesOf(role).length > 0);
    expect(Object.keys(files).sort()).toEqual([...sounding.map(role => `stem:${role}`), 'wav'].sort());
    for (const role of sounding) {
      expect(soundingFrames(await audioOf(files[`stem:${role}`]))).toEqual(framesOf(role));
    }
  });

  it('keeps attacks within a frame when samples of another rate are converted', async () => {
    const groove = await laidGroove();
    const folder = folderIn(groove.root, '48k');
    const samples = await clickSamples(
      folder,
      groove.samples.map(sample => sample.sampleId),
      48_000,
    );
    const { files, events } = await render({}, Promise.resolve({ ...groove, samples }));
    const starts = events.filter(event => event.role === 'ACCENT').map(event => event.start * 44_100);
    const [left = new Float32Array(0)] = (await audioOf(files['stem:ACCENT'])).channels;
    for (const start of starts) {
      const from = Math.round(start) - 20;
      const around = left.subarray(from, from + 41);
      const loudest = from + around.indexOf(Math.max(...around));
      expect(Math.abs(loudest - start)).toBeLessThanOrEqual(1);
    }
  });

  it.each([['32f'], ['24']])(
    'writes %s stems that sum to the mix bit for bit, in any order',
    async format => {
      const { files } = await render({ format, mix: QUIETER });
      const stems = await stemsOf(files);
      const mix = await audioOf(files['wav']);
      expect(stems.length).toBeGreaterThan(2);
      expect(differences(mix.channels, summed(stems))).toEqual([]);
      expect(differences(mix.channels, summed(stems.toReversed()))).toEqual([]);
    },
  );

  it('keeps the mastered stems’ sum exact and the mix’s true peak below its ceiling', async () => {
    const mix: Mix = {
      buses: {
        CORE: { ...PLAIN_BUS, gainDecibels: 12, drive: 0.5 },
        ACCENT: { ...PLAIN_BUS, gainDecibels: 12, pan: -0.5 },
        MOTION: { ...PLAIN_BUS, muted: true },
      },
      master: {
        gainDecibels: 3,
        compressor: {
          thresholdDecibels: -20,
          ratio: 4,
          attackMilliseconds: 5,
          releaseMilliseconds: 60,
          makeupDecibels: 6,
        },
        ceilingDecibels: -1,
      },
    };
    const { files, values } = await render({ mix });
    const whole = await audioOf(files['wav']);
    expect(differences(whole.channels, summed(await stemsOf(files)))).toEqual([]);
    expect(values.truePeakDecibels).toBeLessThanOrEqual(-0.9);
    expect(values.truePeakDecibels).toBeGreaterThan(-3);
    expect(Object.keys(files)).not.toContain('stem:MOTION');
    const dry = await render({ mix, master: false });
    expect(differences((await audioOf(dry.files['wav'])).channels, whole.channels)).toEqual([]);
    const unmastered = await render({ mix: { ...mix, master: PLAIN_MIX.master } });
    expect(
      differences(summed(await stemsOf(dry.files)), (await audioOf(unmastered.files['wav'])).channels),
    ).toEqual([]);
  });

  it('lets the last hits ring past the bar line up to the tail, or ends on it exactly', async () => {
    const groove = await laidGroove();
    const ringing = await Promise.all(
      groove.samples.map(async sample => {
        const path = join(folderIn(groove.root, 'long'), `${sample.sampleId}.wav`);
        await writeWav(
          path,
          { sampleRate: 44_100, channels: [new Float32Array(2.9 * 44_100).fill(0.1)] },
          '32f',
        );
        return { sampleId: sample.sampleId, file: await refOf(path) };
      }),
    );
    const long = Promise.resolve({ ...groove, samples: ringing as never });
    const bars = 4 * 2 * 44_100;
    expect((await render({ tailSeconds: 0 }, long)).values.frames).toBe(bars);
    const tail = await render({ tailSeconds: 0.5 }, long);
    expect(tail.values.frames).toBe(bars + 22_050);
    const [left = new Float32Array(0)] = (await audioOf(tail.files['wav'])).channels;
    expect(Math.abs(left.at(-1) ?? 1)).toBeLessThan(0.01);
  });

  it('gives the same bytes each time, in every format', async () => {
    for (const format of ['16', '24', '32f']) {
      const groove = laidGroove();
      const [one, two] = [await render({ format }, groove), await render({ format, tailSeconds: 2 }, groove)];
      expect(await bytesIn(two.folder)).toEqual(await bytesIn(one.folder));
    }
  });

  it('stops when cancelled and leaves nothing half-written', async () => {
    const { root, grid, laid, samples } = await laidGroove();
    const folder = folderIn(root, 'cancelled');
    const input = { grid, events: laid['eventGrid'], samples, name: 'song', stems: true, mp3: true };
    const run = runStageIn(renderStage, folder, input, AbortSignal.abort(new Cancelled('cancelled')));
    await expect(run).rejects.toBeInstanceOf(Cancelled);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('bad input', () => {
  it('names the sample that is missing', async () => {
    const { root, grid, laid, samples } = await laidGroove();
    const input = { grid, events: laid['eventGrid'], samples: samples.slice(2), name: 'song' };
    const result = await runStageIn(renderStage, folderIn(root, 'out'), input);
    expect(result).toMatchObject({ ok: false, failure: { code: 'missingSample', sampleId: 'kick-a' } });
  });

  it('says that every pool is empty', async () => {
    const root = temporaryFolder();
    const pools = await writeJson(join(root, 'pools.json'), { CORE_POOL: [], counts: { CORE: 0 } });
    const result = await runStageIn(gridStage, folderIn(root, 'out'), { bpm: 120, pools });
    expect(result).toMatchObject({ ok: false, failure: { code: 'noSample', pools: pools.path } });
  });

  it.each([
    ['no JSON', '[{', 'it is not JSON'],
    ['a role that is none', [{ bar: 0, step: 0, role: 'KICK', vel: 1 }], '0.role'],
    [
      'a bar past the end',
      [{ bar: 9, step: 0, role: 'CORE', vel: 1 }],
      'bar is 9, but the grid has bars 0 to 3',
    ],
    [
      'keys that disagree',
      [{ bar: 0, step: 4, role: 'CORE', vel: 1, micro_offset_ms: 0, start: 0.6 }],
      'start is 0.6',
    ],
    ['no velocity', [{ bar: 0, step: 4, role: 'CORE' }], 'neither vel nor velocity'],
  ])('refuses an event grid with %s, naming the file and the fault', async (_, content, problem) => {
    const { root, grid } = await laidGroove();
    const events = await writeJson(join(root, 'by-hand.json'), content);
    const result = await runStageIn(editStage, folderIn(root, 'out'), { grid, events, operations: [] });
    if (result.ok || result.failure.code !== 'badFile') throw new Error('it was accepted');
    expect(result.failure.path).toBe(events.path);
    expect(result.failure.problems.join('\n')).toContain(problem);
  });

  it('refuses an operation outside the grid with what it may be', async () => {
    const { root, grid, laid } = await laidGroove();
    const operations = [{ op: 'set', bar: 0, step: 16, role: 'CORE' }];
    const result = await runStageIn(editStage, folderIn(root, 'out'), {
      grid,
      events: laid['eventGrid'],
      operations,
    });
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'badOption', option: 'step', value: '16', wanted: '0 to 15 in bar 0' },
    });
  });

  it('reads event grids that hold the keys of one seed only', async () => {
    const { root, grid } = await laidGroove();
    const base = { role: 'CORE', sample_id: null, dur_steps: 1, source: 'skeleton' };
    const contents = [
      [{ ...base, bar: 1, step: 4, vel: 0.5, micro_offset_ms: 7 }],
      [{ ...base, start: 2.507, velocity: 0.5, micro_offset: 0.007 }],
    ];
    for (const [index, content] of contents.entries()) {
      const events = await writeJson(join(root, `seed-${index}.json`), content);
      const { files } = await filesOf(editStage, folderIn(root, `out-${index}`), {
        grid,
        events,
        operations: [],
      });
      const [event] = await eventsOf(files['eventGrid']);
      expect(event).toMatchObject({ bar: 1, step: 4, vel: 0.5, velocity: 0.5 });
      expect(event?.start).toBeCloseTo(2.507, 9);
      expect(event?.micro_offset_ms).toBeCloseTo(7, 6);
    }
  });

  it('needs the pools to hold something for transformer and layout too', async () => {
    const { root, grid, skeleton } = await laidGroove();
    const pools = await writeJson(join(root, 'broken.json'), { ...POOLS, CORE_POOL: [{ sample_id: 3 }] });
    for (const stage of [transformerStage, layoutStage]) {
      const result = await runStageIn(stage as typeof layoutStage, folderIn(root, stage.name), {
        grid,
        events: skeleton,
        pools,
        engine: 'markov',
      });
      expect(result).toMatchObject({ ok: false, failure: { code: 'badFile', path: pools.path } });
    }
  });
});
