import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventsOfPattern, gridFileOf, parseEvents, parseGridFile, patternOfEvents } from '#shared/compose';
import { anyPattern } from '#test/any-pattern';

it('gives the same pattern back after a trip through grid and event grid files', () => {
  fc.assert(
    fc.property(anyPattern(), pattern => {
      const grid = parseGridFile(JSON.parse(JSON.stringify(gridFileOf(pattern))));
      if (!grid.ok) throw new Error(grid.failure.join('; '));
      const events = parseEvents(JSON.parse(JSON.stringify(eventsOfPattern(pattern))), grid.value);
      if (!events.ok) throw new Error(events.failure.join('; '));
      const swing = pattern.swing.percent === 50 ? { percent: 50, base: '16th' as const } : pattern.swing;
      expect(patternOfEvents(grid.value, events.value)).toEqual({ ...pattern, swing });
    }),
  );
});

it('writes events whose start is the step plus the micro-offset, and never before 0', () => {
  fc.assert(
    fc.property(anyPattern(), pattern => {
      const { t_step, steps_per_bar, meters } = gridFileOf(pattern);
      fc.pre(meters === undefined);
      for (const event of eventsOfPattern(pattern)) {
        const step = t_step[event.bar * steps_per_bar + event.step] ?? NaN;
        expect(event.start).toBeCloseTo(Math.max(0, step + event.micro_offset), 9);
        expect(event.micro_offset_ms).toBeCloseTo(1000 * event.micro_offset, 9);
      }
    }),
  );
});
