import { describe, expect, it } from 'vitest';
import {
  encodePerformance,
  labelsOf,
  parseRudiment,
  performExercise,
  rowsOf,
  rudimentMaterial,
  samplePlayer,
} from '#shared/dataset';
import { layoutOf, secondsAt, strokeAt, xOf } from '../../../src-renderer/screens/dataset/inspector/layout';
import {
  entryAt,
  isMissing,
  NO_PAGES,
  PAGE_SIZE,
  pageOf,
  withPage,
} from '../../../src-renderer/screens/dataset/inspector/pages';
import {
  meansOf,
  percentileWords,
  scoreRows,
} from '../../../src-renderer/screens/dataset/inspector/score-rows';
import { soundingTimes } from '../../../src-renderer/screens/dataset/inspector/sounding-times';
import { following, panned, wholeSpan, zoomed } from '../../../src-renderer/screens/dataset/inspector/span';
import { timelineOf } from '../../../src-renderer/screens/dataset/inspector/timeline';
import { paceOf, withReading } from '../../../src-renderer/screens/dataset/runs/pace';
import flamTap from '../../../assets/rudiments/22-flam-tap.yaml?raw';

/** A beginner's flam taps: plenty of errors, graces and mishaps. */
function rowsOfFlamTap() {
  const rudiment = parseRudiment(flamTap);
  if (!rudiment.ok) throw new Error(rudiment.failure.join());
  const performance = performExercise({
    datasetSeed: 7,
    player: samplePlayer(7, 'beginner', 3),
    material: rudimentMaterial(rudiment.value, 'R'),
    tempo: 96,
    take: 0,
    length: { cycles: 24 },
  });
  const labels = labelsOf(performance);
  const midi = encodePerformance(performance);
  return rowsOf(
    {
      id: 'beg003_flam_tap_96bpm_midi_none',
      groupId: 'g',
      take: 0,
      labels,
      recipe: {},
      midi,
      recording: null,
    },
    { midi: 'a', audio: null },
  );
}
const rows = rowsOfFlamTap();
const timeline = timelineOf(rows);

describe('a timeline', () => {
  it('has every stroke of the labels, right above left, with its own numbers', () => {
    expect(timeline.strokes.length).toBe(rows.strokes.length);
    expect(timeline.lanes).toEqual(['Right', 'Left']);
    for (const [index, stroke] of timeline.strokes.entries()) {
      const row = rows.strokes[index];
      expect(stroke.lane).toBe(row?.hand === 'R' ? 0 : 1);
      expect(stroke.actual - stroke.intended).toBeCloseTo((row?.timing_error_ms ?? 0) / 1000, 6);
      expect(Math.abs(stroke.errorMs)).toBeLessThanOrEqual(timeline.errorLimitMs);
    }
  });

  it('says a stroke in one sentence', () => {
    expect(timeline.strokes[0]?.words).toMatch(
      /^Stroke 1 of \d+, .+, (right|left) hand, meant at [\d.]+ ms, came at [\d.]+ ms, ([\d.]+ ms (late|early)|on the grid), velocity \d+ for \d+/,
    );
  });

  it('names mishaps at their strokes, and those of no stroke by their time', () => {
    expect(timeline.mishaps.length).toBe(rows.mishaps.length);
    expect(timeline.mishaps.length).toBeGreaterThan(0);
    const struck = timeline.mishaps.filter(({ stroke }) => stroke !== null);
    expect(struck.length).toBeGreaterThan(0);
    for (const { stroke, name } of struck) expect(timeline.strokes[stroke ?? -1]?.mishaps).toContain(name);
  });

  it('has a line for every beat, counted within its cycle', () => {
    const [first, second] = timeline.beats;
    expect(first).toMatchObject({ at: 0.4, label: '1.1', isFirst: true });
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeCloseTo(60 / 96, 9);
    expect(timeline.beats.length).toBe((rows.beats.at(-1)?.beat ?? -1) + 1);
  });

  it('shows the drums of a groove as lanes, in the order of all lists', () => {
    const groove = {
      ...rows,
      strokes: rows.strokes.map((row, index) => ({ ...row, midi_note: [36, 38, 42][index % 3] ?? 36 })),
    };
    const { lanes, strokes } = timelineOf(groove);
    expect(lanes).toEqual(['Kick', 'Snare', 'Closed hat']);
    expect(strokes.slice(0, 3).map(({ lane }) => lane)).toEqual([0, 1, 2]);
    expect(strokes[0]?.words).toContain('Kick, ');
  });

  it('follows what the recording did to time', () => {
    const stretched = rows.strokes.map(row => ({ ...row, audio_time_ms: row.actual_time_ms * 1.25 + 30 }));
    const toSeconds = soundingTimes(stretched);
    const [, row] = stretched;
    expect(toSeconds(row?.actual_time_ms ?? 0)).toBeCloseTo((row?.audio_time_ms ?? 0) / 1000, 9);
    expect(toSeconds(0)).toBeLessThan(toSeconds(100));
    expect(soundingTimes(rows.strokes)(1234)).toBe(1.234);
  });
});

describe('pointing at strokes', () => {
  const layout = layoutOf(4000, 500, 2, true);
  const span = wholeSpan(timeline.seconds);

  it('finds the one that is drawn there, in its own lane', () => {
    const stroke = timeline.strokes.find(({ isGrace }) => !isGrace);
    const band = layout.lanes[stroke?.lane ?? 0];
    const point = { x: xOf(stroke?.actual ?? 0, span, 4000), y: (band?.top ?? 0) + (band?.height ?? 0) / 2 };
    expect(strokeAt(timeline, layout, span, point)?.index).toBe(stroke?.index);
    expect(strokeAt(timeline, layout, span, { ...point, x: 1 })).toBeNull();
    expect(strokeAt(timeline, layout, span, { ...point, y: 3 })).toBeNull();
  });

  it('bands fill the height without touching', () => {
    const { ruler, mishaps, audio, lanes, errors } = layout;
    const bands = [ruler, mishaps, audio, ...lanes];
    bands.forEach(({ top, height }, index) => {
      expect(top + height).toBeLessThanOrEqual((bands[index + 1] ?? errors).top);
    });
    expect(errors.top + errors.height).toBe(500);
    expect(layoutOf(4000, 500, 2, false).audio.height).toBe(0);
  });
});

describe('a span of time', () => {
  it('keeps the time under the hand where it is when it zooms', () => {
    const span = zoomed({ from: 0, to: 10 }, 2, 4, 10);
    expect(span.to - span.from).toBeCloseTo(5);
    expect(xOf(4, span, 100)).toBeCloseTo(40);
    expect(secondsAt(40, span, 100)).toBeCloseTo(4);
  });

  it('stays within the sample, and goes no nearer than 50 ms', () => {
    expect(panned({ from: 1, to: 2 }, 50, 10)).toEqual({ from: 9, to: 10 });
    expect(panned({ from: 1, to: 2 }, -50, 10)).toEqual({ from: 0, to: 1 });
    expect(zoomed({ from: 1, to: 2 }, 0.01, 1.5, 10)).toEqual({ from: 0, to: 10 });
    const near = zoomed({ from: 1, to: 2 }, 1e6, 1.5, 10);
    expect(near.to - near.from).toBeCloseTo(0.05);
  });

  it('follows what leaves it', () => {
    expect(following({ from: 1, to: 2 }, 1.5, 10)).toEqual({ from: 1, to: 2 });
    const next = following({ from: 1, to: 2 }, 2.4, 10);
    expect(next.from).toBeLessThan(2.4);
    expect(next.to).toBeGreaterThan(2.4);
  });
});

describe('the index in pages', () => {
  const entry = (number: number) => ({
    number,
    id: `sample ${number}`,
    tier: 'beginner' as const,
    rudiment: 'flam',
    tempo: 90,
    kit: null,
    preset: null,
    overall: 50,
  });
  const page = (from: number, length: number) => Array.from({ length }, (_, index) => entry(from + index));

  it('knows what is here and what is not', () => {
    const pages = withPage(NO_PAGES, 2, { total: 100_000, samples: page(2 * PAGE_SIZE, PAGE_SIZE) });
    expect(entryAt(pages, 2 * PAGE_SIZE + 7)?.number).toBe(2 * PAGE_SIZE + 7);
    expect(entryAt(pages, 7)).toBeUndefined();
    expect([1, 2].map(number => isMissing(pages, number))).toEqual([true, false]);
    expect(pageOf(99_999)).toBe(Math.floor(99_999 / PAGE_SIZE));
  });

  it('asks again for a page that was short when fewer samples were made', () => {
    const early = withPage(NO_PAGES, 0, { total: 5, samples: page(0, 5) });
    expect(isMissing(early, 0)).toBe(false);
    expect(isMissing({ ...early, total: 64 }, 0)).toBe(true);
  });

  it('holds a few pages only, however far one scrolls', () => {
    let pages = NO_PAGES;
    for (let number = 0; number < 500; number++)
      pages = withPage(pages, number, { total: 100_000, samples: page(number * PAGE_SIZE, PAGE_SIZE) });
    expect(pages.pages.size).toBeLessThanOrEqual(40);
    expect(entryAt(pages, 499 * PAGE_SIZE)?.number).toBe(499 * PAGE_SIZE);
  });
});

describe('scores', () => {
  it('are those of the rows in both versions, and leave out what the material has not', () => {
    const [scores] = rows.exercises;
    if (!scores) throw new Error('no scores');
    const shown = scoreRows(scores);
    expect(shown.find(({ name }) => name === 'Flam quality')).toMatchObject({
      ours: scores.flam_quality_v2,
      seeds: scores.flam_quality,
    });
    expect(shown.map(({ name }) => name)).not.toContain('Roll sustain');
  });

  it('say a percentile as one does', () => {
    expect([0.01, 0.12, 0.22, 0.68, 0.93].map(percentileWords)).toEqual([
      '1st percentile',
      '12th percentile',
      '22nd percentile',
      '68th percentile',
      '93rd percentile',
    ]);
  });

  it('have means that follow from the strokes', () => {
    const { meanMs, flam, leftLaterMs } = meansOf(rows);
    expect(meanMs).toBeCloseTo(timeline.meanMs, 9);
    expect(flam?.mean).toBeGreaterThan(0);
    const rightOnly = { ...rows, strokes: rows.strokes.filter(({ hand }) => hand === 'R') };
    expect(meansOf(rightOnly).leftLaterMs).toBeNull();
    expect(leftLaterMs).not.toBeNull();
  });
});

describe('the pace of a run', () => {
  it('is told over the last seconds, and not before there is something to tell', () => {
    let readings = withReading([], { at: 0, made: 0 });
    expect(paceOf(readings)).toBeNull();
    for (let second = 1; second <= 40; second++)
      readings = withReading(readings, {
        at: second * 1000,
        made: second <= 20 ? second * 10 : 200 + (second - 20) * 40,
      });
    expect(paceOf(readings)).toBeCloseTo(40);
  });

  it('begins anew when a run was made again', () => {
    expect(withReading([{ at: 0, made: 500 }], { at: 1000, made: 3 })).toEqual([{ at: 1000, made: 3 }]);
  });
});
