import { describe, expect, it } from 'vitest';
import { edgePush } from '../../../src-renderer/screens/groove/edge-scroll';
import {
  bodyHeight,
  clampStep,
  contentWidth,
  isOnBody,
  MARGIN,
  rowHeightFor,
  ticksOfX,
  voiceAt,
  voicePlace,
  xOfTicks,
} from '../../../src-renderer/screens/groove/geometry';

describe('the grid in px', () => {
  it('turns ticks into px and back', () => {
    for (const ticks of [0, 1, 239.5, 3840]) expect(ticksOfX(xOfTicks(ticks, 27), 27)).toBeCloseTo(ticks, 9);
  });

  it('is as wide as its pattern, whatever its meters and grids', () => {
    const geometry = { stepWidth: 10, rowHeight: 43, laneCount: 3, endTicks: 3840 + 3360 };
    expect(contentWidth(geometry)).toBe(2 * MARGIN + 30 * 10);
  });

  it('keeps ten rows whole in the smallest window and lets more of them scroll', () => {
    expect(rowHeightFor(466, 10)).toBe(43);
    expect(rowHeightFor(700, 10)).toBe(54);
    expect(rowHeightFor(466, 20)).toBe(43);
  });

  it('gives rows of several instruments more room', () => {
    expect(rowHeightFor(700, 5, 4)).toBeGreaterThan(rowHeightFor(700, 5));
    expect(rowHeightFor(200, 5, 4)).toBeGreaterThan(rowHeightFor(200, 5));
  });

  it('draws louder hits taller and none higher than its place', () => {
    expect(bodyHeight(0, 31)).toBe(6);
    expect(bodyHeight(1, 31)).toBe(31);
    expect(bodyHeight(0.8, 31)).toBeGreaterThan(bodyHeight(0.5, 31));
    expect(bodyHeight(1, 8)).toBe(8);
    expect(bodyHeight(0, 8)).toBeLessThan(8);
  });

  it('stacks the instruments of a row from its foot, and finds them again', () => {
    for (const voice of [0, 1, 2]) {
      const { top, bottom } = voicePlace(90, voice, 3);
      expect(voiceAt((top + bottom) / 2, 90, 3)).toBe(voice);
    }
    expect(voicePlace(90, 0, 3).top).toBeCloseTo(voicePlace(90, 1, 3).bottom, 9);
    expect(voiceAt(-5, 90, 3)).toBe(2);
    expect(voiceAt(500, 90, 3)).toBe(0);
  });

  it('takes a hit by its body, not by its cell, and by a finger from further off', () => {
    expect(isOnBody(100, 100, 27)).toBe(true);
    expect(isOnBody(95, 100, 27)).toBe(false);
    expect(isOnBody(95, 100, 27, true)).toBe(true);
    expect(isOnBody(125, 100, 27)).toBe(false);
  });

  it('zooms from a whole song to single hits and no further', () => {
    expect(clampStep(0.1)).toBe(2);
    expect(clampStep(1e6)).toBe(128);
    expect(clampStep(40)).toBe(40);
  });

  it('scrolls faster the further a drag is past the edge, and not within', () => {
    expect(edgePush(500, 0, 1000)).toBe(0);
    expect(edgePush(995, 0, 1000)).toBeGreaterThan(edgePush(980, 0, 1000));
    expect(edgePush(5, 0, 1000)).toBeLessThan(0);
    expect(edgePush(9000, 0, 1000)).toBe(18);
  });
});
