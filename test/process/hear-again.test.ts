import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '#main/platform';
import { type Hit, type Track, type TrackHearing, USUAL_HEARING } from '#shared/model';
import type { JobView } from '#shared/protocol';
import { suiteFolder } from '#test/cli';
import { drumTrack, hat, kick, snare } from '#test/drum-sounds';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const RATE = 44_100;
/** Onsets of the song, in seconds. */
const STROKES = [0.5, 1, 1.5, 2, 2.5, 3, 3.5] as const;

const home = suiteFolder();
let studio: WatchedStudio;
let track: Track;

const hits = (): Promise<readonly Hit[]> => studio.services.hits(track.id);
const frameOf = (seconds: number): number => Math.round(seconds * RATE);
/** Of all slices, those left out as alike included, in order of time. */
const onsets = async (): Promise<number[]> =>
  (await hits())
    .flatMap(hit => [hit.onsetFrame, ...hit.duplicates.map(twin => twin.onsetFrame)])
    .sort((a, b) => a - b);

async function hear(change: Partial<TrackHearing>): Promise<JobView> {
  const hearing = { ...USUAL_HEARING, separator: 'hpss', ...change };
  const { jobId } = await studio.services.setTrackHearing(track.id, hearing);
  return studio.jobs.finish(jobId);
}

beforeAll(async () => {
  studio = await aStudio(home, 'suite');
  const path = join(home, 'song.wav');
  const strokes = STROKES.map((time, index) => [kick, snare, hat][index % 3]!(time));
  await writeWav(path, drumTrack(strokes, 4), '16', 'song');
  const id = await studio.jobs.enqueue('import-track', 'Song', { path, name: 'Song', separator: 'hpss' });
  await studio.jobs.finish(id);
  [track] = (await studio.services.tracks()) as [Track];
});

describe('hearing a track again', () => {
  it('runs no stage twice, and changes nothing, when nothing else is asked', async () => {
    const before = await hits();
    const ran = studio.ran.length;
    expect(await hear({})).toMatchObject({ state: 'done', made: { trackId: track.id } });
    expect(studio.ran.slice(ran)).toEqual([]);
    expect(await hits()).toEqual(before);
  });

  it('finds its strokes, and keeps everything that it heard for the window to choose from', async () => {
    const found = await onsets();
    expect(found.map(frame => Math.round((10 * frame) / RATE) / 10)).toEqual([...STROKES]);
    const { hearing, onsets: all } = await studio.services.trackHearing(track.id);
    expect(hearing).toEqual({ ...USUAL_HEARING, separator: 'hpss' });
    expect(await studio.library.artefactPath(all ?? '')).not.toBeNull();
  });

  it('separates nothing again for another sensitivity, and leaves the beat alone', async () => {
    const ran = studio.ran.length;
    const { tempo } = track;
    await hear({ sensitivity: 0.2, fadeMs: 5 });
    expect(studio.ran.slice(ran).map(({ stage }) => stage)).toEqual(['slices', 'kit', 'embed', 'roles']);
    expect((await studio.services.tracks())[0]?.tempo).toEqual(tempo);
  });

  it('follows edits: moved, added, merged and deleted onsets are cut where the user wants them', async () => {
    await hear({});
    const [first = 0, second = 0, third = 0, fourth = 0] = await onsets();
    const edits: TrackHearing['edits'] = [
      { kind: 'moved', from: first, to: first + 2000 },
      { kind: 'deleted', at: second },
      { kind: 'merged', at: fourth },
      { kind: 'added', at: frameOf(2.25) },
    ];
    await hear({ edits });
    const now = await onsets();
    expect(now).toContain(first + 2000);
    expect(now).toContain(third);
    expect(now).toContain(frameOf(2.25));
    for (const gone of [first, second, fourth]) expect(now).not.toContain(gone);
    await hear({});
    expect(await onsets()).toHaveLength(STROKES.length);
  });

  it('takes a moved hit along, with its name, what the user said of it, and its place in kits', async () => {
    await hear({});
    const kit = (await studio.services.kits()).find(({ pads }) => pads.length > 0);
    const [played] = await studio.services.kitHits(kit?.id ?? '');
    if (!kit || !played) throw new Error('no kit');
    await studio.services.overrideHit(played.id, { role: 'TEXTURE' });
    const to = played.onsetFrame + frameOf(0.05);
    await hear({ edits: [{ kind: 'moved', from: played.onsetFrame, to }] });
    const moved = (await hits()).find(({ id }) => id === played.id);
    expect(moved).toMatchObject({ onsetFrame: to, override: { role: 'TEXTURE' } });
    expect(moved?.audio).not.toBe(played.audio);
    await hear({});
    expect((await hits()).find(({ id }) => id === played.id)).toMatchObject({
      onsetFrame: played.onsetFrame,
      override: { role: 'TEXTURE' },
    });
    await studio.services.overrideHit(played.id, null);
  });

  it('leaves no kit or groove with a hit that is not there', async () => {
    await hear({});
    const all = await onsets();
    const kitIds = (await studio.services.kits()).flatMap(({ pads }) => pads.flatMap(pad => pad.hits));
    await hear({ edits: all.slice(1).map(at => ({ kind: 'deleted' as const, at })) });
    expect(await onsets()).toHaveLength(1);
    const used = [
      ...kitIds,
      ...(await studio.services.patterns()).flatMap(({ pattern }) => pattern.notes.flatMap(n => n.hit ?? [])),
    ];
    const there = await studio.library.hits.some([...new Set(used)]);
    expect(there).toHaveLength(new Set(used).size);
    for (const hit of there) expect(await studio.library.artefactPath(hit.audio)).not.toBeNull();
    await hear({});
    expect(await onsets()).toEqual(all);
  });

  it('measures each hit: what bleeds in, how good a take it is, and which is the best', async () => {
    const measured = (await hits()).flatMap(({ quality }) => quality ?? []);
    expect(measured).toHaveLength((await hits()).length);
    for (const { bleed, score, take } of measured) {
      expect(bleed).toBeLessThan(0.5);
      expect(score).toBeGreaterThan(0.3);
      expect(take.rank).toBeLessThanOrEqual(take.of);
    }
  });

  it('gives up what an earlier wish had begun', async () => {
    const [earlier, later] = [0.3, 0.31].map(sensitivity => ({
      ...USUAL_HEARING,
      separator: 'hpss',
      sensitivity,
    })) as [TrackHearing, TrackHearing];
    await studio.services.setTrackHearing(track.id, earlier);
    const { jobId } = await studio.services.setTrackHearing(track.id, later);
    expect((await studio.jobs.finish(jobId)).state).toBe('done');
    const jobs = (await studio.services.jobs()).filter(({ kind }) => kind === 'hear-again');
    expect(jobs.map(({ id }) => id)).toEqual([jobId]);
    expect((await studio.services.trackHearing(track.id)).hearing).toEqual(later);
  });

  it('says what to do when nothing is left to cut, and keeps the hits', async () => {
    // A stroke too near to a clearer one comes to light when that one goes, and has to go as well.
    const gone: number[] = [];
    let before = await hits();
    let job: JobView;
    do {
      gone.push(...(await onsets()));
      before = await hits();
      job = await hear({ edits: gone.map(at => ({ kind: 'deleted' as const, at })) });
    } while (job.state === 'done' && gone.length < 4 * STROKES.length);
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'noHits' } });
    expect(await hits()).toEqual(before);
  });
});
