import { describe, expect, it } from 'vitest';
import { kitOfPattern, scheduleVoices } from '#shared/mix';
import { COMMON_TIME, type Pattern, TempoMap } from '#shared/model';
import { PPQ } from '#shared/units';
import { aNote, aPattern, late, meter } from '#test/pattern';
import { type Due, Sequencer, type Stroke } from '../../../src-renderer/playback/sequencer';
import { placeOnSong, songSecondsAt } from '../../../src-renderer/playback/along-song';
import type { Program, Score, SongUnder } from '../../../src-renderer/playback/program';

const RATE = 48_000;
const SOUNDS = { hitFrames: () => 4800, preRollFrames: () => 48 };
const START = { section: 0, ticks: 0, along: 0 };

const scoreOf = (pattern: Pattern): Score => ({
  gainDecibels: 0,
  pattern,
  kit: kitOfPattern(pattern, RATE),
  hits: [],
  silent: new Set(),
});
const programOf = (pattern: Pattern, more: Partial<Program> = {}): Program => ({
  sections: [scoreOf(pattern)],
  isLooping: true,
  loop: null,
  hasClick: false,
  song: null,
  ...more,
});
const sequencer = (): Sequencer => new Sequencer(RATE, () => SOUNDS);

/** Everything that is given from `from` to `to`, looked at every `every` seconds. */
function played(
  at: Sequencer,
  from: number,
  to: number,
  every = 0.025,
): { strokes: Stroke[]; clicks: Due['clicks'][number][] } {
  const strokes: Stroke[] = [];
  const clicks: Due['clicks'][number][] = [];
  for (let now = from; now < to; now += every) {
    const due = at.take(Math.min(to, now + 0.5), now);
    strokes.push(...due.strokes);
    clicks.push(...due.clicks);
  }
  return { strokes, clicks };
}
const onsets = (strokes: readonly Stroke[]): number[] => strokes.map(({ onsetFrame }) => onsetFrame);

/** Four quarters of a bar at 120 BPM: 24,000 frames apart. */
const QUARTERS = [0, 4, 8, 12].map(step => aNote('kick', step));

describe('when strokes sound', () => {
  it('is on the frames of the offline render, behind the frame that playing begins on', () => {
    const pattern = aPattern([...QUARTERS, aNote('snare', 3, late(7.3))], { tempo: 133.7 });
    const at = sequencer();
    at.start(programOf(pattern, { isLooping: false }), START, 1);
    const voices = scheduleVoices(pattern, kitOfPattern(pattern, RATE), { sampleRate: RATE, ...SOUNDS });
    const { strokes } = played(at, 0.5, 4);
    expect(strokes.map(({ startFrame, onsetFrame }) => [startFrame, onsetFrame])).toEqual(
      voices.map(({ startFrame, onsetFrame }) => [startFrame + RATE, onsetFrame + RATE]),
    );
  });

  it('is within a frame of the exact time after an hour of loops', () => {
    const pattern = aPattern(QUARTERS, { tempo: 127.3 });
    const at = sequencer();
    at.start(programOf(pattern), START, 0.1);
    const begin = Math.round(0.1 * RATE) / RATE;
    const seconds = (4 * 60) / 127.3;
    let last: Stroke | undefined;
    for (let now = 0; now < 3600; now += 0.4) last = at.take(now + 0.5, now).strokes.at(-1) ?? last;
    const beat = ((last?.onsetFrame ?? 0) / RATE - begin) / (seconds / 4);
    expect(beat).toBeGreaterThan(7600);
    expect(Math.abs(beat - Math.round(beat)) * (seconds / 4) * RATE).toBeLessThan(1);
  });

  it('does not depend on how often it is asked', () => {
    const pattern = aPattern(
      [...QUARTERS, ...[1, 2, 3, 5, 7].map(step => aNote('chh', step, { probability: 0.5 }))],
      { tempo: 97.1 },
    );
    const times = [0.01, 0.11, 0.37].map(every => {
      const at = sequencer();
      at.start(programOf(pattern), START, 0.2);
      return onsets(played(at, 0, 20, every).strokes);
    });
    expect(times[1]).toEqual(times[0]);
    expect(times[2]).toEqual(times[0]);
  });

  it('follows tempo changes of the pattern', () => {
    const pattern = aPattern(QUARTERS, { tempoChanges: [{ at: 2 * PPQ, tempo: 60 }] });
    const at = sequencer();
    at.start(programOf(pattern), START, 0);
    expect(onsets(played(at, 0, 3.3).strokes)).toEqual([0, 24_000, 48_000, 96_000, 144_000]);
  });
});

describe('a loop', () => {
  it('draws the chances of each pass anew, by its number', () => {
    const pattern = aPattern([0, 1, 2, 3, 4, 5, 6, 7].map(step => aNote('chh', step, { probability: 0.5 })));
    const at = sequencer();
    at.start(programOf(pattern), START, 0);
    const { strokes } = played(at, 0, 8);
    const ofPass = (pass: number): number[] =>
      strokes.filter(({ leg }) => leg.pass === pass).map(({ onsetFrame }) => onsetFrame - pass * 96_000);
    const wanted = [0, 1, 2].map(pass =>
      scheduleVoices(pattern, kitOfPattern(pattern, RATE), { sampleRate: RATE, ...SOUNDS, pass }).map(
        ({ onsetFrame }) => onsetFrame,
      ),
    );
    expect([0, 1, 2].map(ofPass)).toEqual(wanted);
    expect(wanted[1]).not.toEqual(wanted[0]);
  });

  it('lets hits that are pushed to before its start sound before the seam, but not before the very start', () => {
    const at = sequencer();
    at.start(programOf(aPattern([aNote('kick', 0, late(-20))])), START, 1);
    expect(onsets(played(at, 0.5, 5.2).strokes)).toEqual([48_000, 144_000 - 960, 240_000 - 960]);
  });

  it('goes round in the bars that are chosen, from where it stands', () => {
    const bars = [0, 1, 2, 3].map(bar => aNote('kick', bar * 16));
    const pattern = aPattern(bars, { bars: Array.from({ length: 4 }, () => COMMON_TIME) });
    const at = sequencer();
    at.start(programOf(pattern, { loop: { from: 4 * PPQ, to: 12 * PPQ } }), START, 0);
    const { strokes } = played(at, 0, 13.5);
    expect(strokes.map(({ voice }) => bars.findIndex(({ id }) => id === voice.noteId))).toEqual([
      0, 1, 2, 1, 2, 1, 2,
    ]);
    expect(at.positionAt(12.5)?.ticks).toBeCloseTo(9 * PPQ, 3);
  });

  it('that is switched off ends with the pattern', () => {
    const at = sequencer();
    at.start(programOf(aPattern(QUARTERS), { isLooping: false }), START, 1);
    expect(played(at, 0, 9).strokes).toHaveLength(4);
    expect(at.endTime).toBeCloseTo(3, 9);
  });
});

describe('a window that slept', () => {
  it('drops what went by, bursts nothing and goes on in time', () => {
    const pattern = aPattern(QUARTERS);
    const at = sequencer();
    at.start(programOf(pattern), START, 0);
    played(at, 0, 1);
    const { strokes } = at.take(3600.9, 3600.3);
    expect(onsets(strokes)).toEqual([3600.5 * RATE]);
  });

  it('does not start a stroke whose attack is past, and starts one whose pre-roll is', () => {
    const at = sequencer();
    at.start(programOf(aPattern(QUARTERS)), START, 0);
    expect(onsets(at.take(0.2, 0.01).strokes)).toEqual([]);
    expect(onsets(at.take(0.6, 0.4995).strokes)).toEqual([24_000]);
  });
});

describe('changes while it plays', () => {
  const pattern = aPattern(QUARTERS);

  it('take effect from the cut on, and give nothing twice', () => {
    const at = sequencer();
    at.start(programOf(pattern), START, 0);
    at.take(0.7, 0.1);
    at.replace(programOf({ ...pattern, notes: [...pattern.notes, aNote('snare', 5)] }), 0.3);
    expect(onsets(at.take(1.1, 0.3).strokes)).toEqual([24_000, 30_000, 48_000]);
  });

  it('of the tempo keep the position', () => {
    const at = sequencer();
    at.start(programOf(pattern), START, 0);
    at.take(0.5, 0.1);
    at.replace(programOf({ ...pattern, tempo: 60 }), 0.75);
    expect(at.positionAt(0.75)?.ticks).toBeCloseTo(1.5 * PPQ, 6);
    expect(onsets(played(at, 0.75, 2.5).strokes)).toEqual([60_000, 108_000]);
    expect(at.positionAt(0.5)?.ticks).toBeCloseTo(PPQ, 6);
  });

  it('of nothing but notes leave every frame as it was', () => {
    const [plain, changed] = [sequencer(), sequencer()].map((at, index) => {
      at.start(programOf({ ...pattern, tempo: 111.7 }), START, 0.3);
      const before = played(at, 0, 5.01).strokes;
      if (index === 1) at.replace(programOf({ ...pattern, tempo: 111.7, notes: [...pattern.notes] }), 5.1);
      return [...before, ...played(at, 5.025, 9).strokes];
    });
    expect(onsets(changed ?? [])).toEqual(onsets(plain ?? []));
  });

  it('to another take go on at the same place of its bar, also when it is shorter', () => {
    const long = aPattern(QUARTERS, { bars: [COMMON_TIME, COMMON_TIME] });
    const at = sequencer();
    at.start(programOf(long), START, 0);
    at.take(3, 2.4);
    at.replace(programOf(pattern), 2.75);
    expect(at.positionAt(2.75)?.ticks).toBeCloseTo(1.5 * PPQ, 6);
  });

  it('of what was chosen to go round take the position with them', () => {
    const at = sequencer();
    at.start(programOf(aPattern(QUARTERS, { bars: [COMMON_TIME, COMMON_TIME] })), START, 0);
    at.take(0.5, 0);
    at.replace(
      programOf(aPattern(QUARTERS, { bars: [COMMON_TIME, COMMON_TIME] }), { loop: { from: 0, to: 4 * PPQ } }),
      0.6,
    );
    played(at, 0.6, 4.2);
    expect(at.positionAt(2.5)?.ticks).toBeCloseTo(PPQ, 3);
  });
});

it('plays sections one after another, the first again after the last', () => {
  const at = sequencer();
  const [one, two] = [aPattern([aNote('kick', 0)]), aPattern([aNote('snare', 0)], { tempo: 240 })];
  at.start({ ...programOf(one), sections: [scoreOf(one), scoreOf(two)] }, START, 0);
  const { strokes } = played(at, 0, 5.5);
  expect(strokes.map(({ onsetFrame, leg }) => [leg.section, onsetFrame / RATE])).toEqual([
    [0, 0],
    [1, 2],
    [0, 3],
    [1, 5],
  ]);
});

describe('the metronome', () => {
  it('counts what the meter counts and stresses bars and groups', () => {
    const at = sequencer();
    const seven = { ...meter(7, 8), groups: [3, 2, 2] };
    at.start(programOf(aPattern([], { bars: [seven] }), { hasClick: true }), START, 0);
    const { clicks } = played(at, 0, 1.8);
    expect(clicks.map(({ accent }) => accent).join(' ')).toBe('bar beat beat group beat group beat bar');
    expect(clicks.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(beat => beat * 12_000));
  });

  it('counts in, and tells how many beats are left', () => {
    const at = sequencer();
    at.start(programOf(aPattern(QUARTERS), { isLooping: false }), START, 5, 2);
    const { clicks, strokes } = played(at, 0, 6);
    expect(clicks.map(({ frame }) => frame / RATE)).toEqual([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]);
    expect(onsets(strokes)[0]).toBe(5 * RATE);
    expect([1.1, 3.4, 4.9, 5].map(time => at.positionAt(time)?.countIn)).toEqual([8, 4, 1, 0]);
  });
});

describe('under a song', () => {
  /** Beats that slow down and speed up by some percent, as hands do. */
  const beats = [0.7];
  for (let beat = 0; beat < 240; beat++) beats.push((beats.at(-1) ?? 0) + 0.5 + 0.03 * Math.sin(beat / 9));
  const map = new TempoMap({
    bpm: 120,
    firstDownbeat: 0.7,
    meter: COMMON_TIME,
    confidence: 1,
    beats,
    steady: false,
    downbeats: [],
    candidates: [],
    meters: [],
  });
  const seconds = (beats.at(-1) ?? 0) + 0.4;
  const song: SongUnder = { map, bars: map.bars(seconds), bar: 1, seconds, sampleRate: RATE };
  const pattern = aPattern([...QUARTERS, aNote('snare', 15, late(-9)), aNote('chh', 0, late(-30))], {
    bars: [COMMON_TIME, COMMON_TIME],
  });

  it('every stroke is within a frame of where its beat is, from the first bar to the last', () => {
    const program = programOf(pattern, { song });
    const at = sequencer();
    at.start(program, START, 2);
    const songOrigin = 2 - 0.7;
    const { strokes } = played(at, 1, seconds + 5);
    const beatOf = new Map(pattern.notes.map(note => [note.id, (note.at + note.feel) / PPQ]));
    const errors = strokes
      .filter(({ leg }) => leg.along > 0)
      .map(({ voice, leg, onsetFrame }) => {
        const beat = leg.along * 8 + (beatOf.get(voice.noteId) ?? 0);
        return Math.abs(onsetFrame - (songOrigin + map.secondsAt(beat)) * RATE);
      });
    expect(strokes.at(-1)?.leg.along).toBe(30);
    // The last bar line is where the song ends.
    expect(errors).toHaveLength(29 * 6 + 2);
    expect(Math.max(...errors)).toBeLessThanOrEqual(1);
    expect(at.endTime).toBeCloseTo(songOrigin + seconds, 6);
  });

  it('begins at the bar that it is told, and knows which second of the song that is', () => {
    const program = programOf(pattern, { song: { ...song, bar: 9 } });
    expect(songSecondsAt(program, { ...song, bar: 9 }, START)).toBeCloseTo(map.secondsAt(32), 9);
    const at = sequencer();
    at.start(program, { section: 0, along: 2, ticks: PPQ }, 1);
    expect(at.positionAt(1)?.songSeconds).toBeCloseTo(map.secondsAt(32 + 16 + 1), 4);
    expect(placeOnSong(program, { ...song, bar: 9 }, map.secondsAt(49))).toEqual({
      section: 0,
      along: 2,
      ticks: expect.closeTo(PPQ, 6) as number,
    });
  });

  it('goes on where the song is when the map is corrected', () => {
    const at = sequencer();
    at.start(programOf(pattern, { song }), START, 0);
    at.take(5.6, 5);
    const later = new TempoMap({ ...tempoOf(beats.map(beat => beat + 0.1)), firstDownbeat: 0.8 });
    at.replace(programOf(pattern, { song: { ...song, map: later, bars: later.bars(seconds) } }), 5.6);
    const wanted = (later.beatAt(5.6 + 0.7) * PPQ) % (8 * PPQ);
    expect(at.positionAt(5.6)?.ticks).toBeCloseTo(wanted, 2);
    expect(at.positionAt(5.6)?.songSeconds).toBeCloseTo(6.3, 4);
  });

  it('keeps its bars on the song’s when one of those is short', () => {
    const short = new TempoMap({ ...tempoOf(beats), downbeats: [0, 4, 8, 10, 14, 18] });
    const bars = short.bars(seconds);
    const program = programOf(aPattern(QUARTERS), { song: { ...song, map: short, bars } });
    const at = sequencer();
    at.start(program, START, 0);
    const { strokes } = played(at, 0, 9);
    const counted = strokes.map(({ onsetFrame }) => Math.round(short.beatAt(onsetFrame / RATE + 0.7)));
    expect(counted.slice(0, 14)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    const firsts = strokes.filter(({ voice }) => voice.noteId === QUARTERS[0]?.id);
    expect(
      firsts.slice(0, 5).map(({ onsetFrame }) => Math.round(short.beatAt(onsetFrame / RATE + 0.7))),
    ).toEqual([0, 4, 8, 10, 14]);
  });

  it('goes round with the stem, in whole frames of it', () => {
    const loop = { from: 0, to: 4 * PPQ };
    const rate = 44_100;
    const at = sequencer();
    at.start(programOf(pattern, { song: { ...song, sampleRate: rate }, loop }), START, 0);
    const frames = Math.round(map.secondsAt(4) * rate) - Math.round(map.secondsAt(0) * rate);
    const { strokes } = played(at, 0, 200, 0.4);
    const firsts = strokes.filter(({ voice }) => voice.noteId === QUARTERS[0]?.id);
    const last = firsts.at(-1);
    expect(firsts.length).toBeGreaterThan(90);
    expect(Math.abs((last?.onsetFrame ?? 0) / RATE - ((firsts.length - 1) * frames) / rate)).toBeLessThan(
      1.5 / RATE,
    );
  });

  it('that is asked for while it is counted in begins when that is over', () => {
    const at = sequencer();
    at.start(programOf(pattern), START, 3, 1);
    at.take(1.5, 1);
    at.replace(programOf(pattern, { song }), 1.6);
    expect(at.afterCountIn(1.6)).toBe(3);
    expect(at.songOriginAt(1.6)).toBeCloseTo(3 - 0.7, 9);
    expect(onsets(played(at, 1.6, 3.2).strokes)[0]).toBe(3 * RATE);
  });

  it('is joined and left at the position where the groove is', () => {
    const at = sequencer();
    at.start(programOf(pattern), START, 0);
    at.take(1, 0.5);
    at.replace(programOf(pattern, { song }), 1.25);
    expect(at.positionAt(1.25)?.ticks).toBeCloseTo(2.5 * PPQ, 6);
    expect(at.positionAt(1.25)?.songSeconds).toBeCloseTo(map.secondsAt(2.5), 6);
    at.take(2.5, 1.25);
    const before = at.positionAt(2.4)?.ticks ?? 0;
    at.replace(programOf(pattern), 2.4);
    expect(at.positionAt(2.4)?.ticks).toBeCloseTo(before, 6);
  });

  function tempoOf(of: readonly number[]) {
    return {
      bpm: 120,
      firstDownbeat: of[0] ?? 0,
      meter: COMMON_TIME,
      confidence: 1,
      beats: [...of],
      steady: false,
      downbeats: [],
      candidates: [],
      meters: [],
    };
  }
});
