import { z } from 'zod';
import { PPQ, type Ticks, ticks } from '../units';

/** A bar's length: `numerator` notes of 1/`denominator`, and how they are grouped where the meter is additive: 3+2+2 of 7/8. */
export const MeterSchema = z
  .object({
    numerator: z.number().int().min(1).max(32),
    denominator: z.union([
      z.literal(1),
      z.literal(2),
      z.literal(4),
      z.literal(8),
      z.literal(16),
      z.literal(32),
    ]),
    groups: z.array(z.number().int().min(1)).min(2).optional(),
  })
  .refine(
    ({ numerator, groups }) => !groups || groups.reduce((sum, each) => sum + each, 0) === numerator,
    'the groups of a meter must add up to its numerator',
  )
  .refine(
    ({ numerator, denominator }) => denominator < 32 || numerator % 2 === 0,
    'a bar must be a whole number of sixteenths long',
  );
export type Meter = z.infer<typeof MeterSchema>;

export const COMMON_TIME: Meter = { numerator: 4, denominator: 4 };

/** "7/8" or "3+2+2/8" as a meter; null when it is not one. */
export function parseMeter(text: string): Meter | null {
  const match = /^(\d{1,2}(?:\s*\+\s*\d{1,2})*)\s*\/\s*(\d{1,2})$/.exec(text.trim());
  const groups = match?.[1]?.split('+').map(Number) ?? [];
  const parsed = MeterSchema.safeParse({
    numerator: groups.reduce((sum, each) => sum + each, 0),
    denominator: Number(match?.[2]),
    ...(groups.length > 1 ? { groups } : {}),
  });
  return parsed.success ? parsed.data : null;
}

export const meterText = ({ numerator, denominator, groups }: Meter): string =>
  `${groups ? groups.join('+') : numerator}/${denominator}`;

/** Length of one step, a sixteenth note. */
export const STEP_TICKS = PPQ / 4;

export const barTicks = (meter: Meter): Ticks => ticks((meter.numerator * 4 * PPQ) / meter.denominator);

/** Sixteenth steps in a bar: 16 for 4/4, 14 for 7/8, 12 for 6/8. */
export const stepsPerBar = (meter: Meter): number => barTicks(meter) / STEP_TICKS;

/** Start of every bar and, last, the end of the last one, in ticks. */
export function barStarts(bars: readonly Meter[]): Ticks[] {
  const starts: Ticks[] = [ticks(0)];
  for (const meter of bars) starts.push(ticks((starts.at(-1) ?? 0) + barTicks(meter)));
  return starts;
}

/** The bar (from 0) that holds `at` and the ticks since its start. Positions past the end count as the last bar. */
export function barAt(
  starts: readonly Ticks[],
  at: number,
): { readonly bar: number; readonly within: Ticks } {
  let bar = 0;
  let last = Math.max(0, starts.length - 2);
  while (bar < last) {
    const middle = (bar + last + 1) >>> 1;
    if (at >= starts[middle]!) bar = middle;
    else last = middle - 1;
  }
  return { bar, within: ticks(at - starts[bar]!) };
}

/** A sixteenth step: its bar, its index in it, both from 0, and where it begins in ticks from the pattern's start. */
export interface StepPlace {
  readonly bar: number;
  readonly step: number;
  readonly tick: Ticks;
}

/** Turns written positions into the step of their bar that lies nearest; a bar's last half step counts to its last step. */
export function stepsOf(bars: readonly Meter[]): (at: number) => StepPlace {
  const starts = barStarts(bars);
  return at => {
    const { bar, within } = barAt(starts, at);
    const step = Math.min(Math.round(within / STEP_TICKS), stepsPerBar(bars[bar] ?? COMMON_TIME) - 1);
    return { bar, step, tick: ticks((starts[bar] ?? 0) + step * STEP_TICKS) };
  };
}

/** Where a step begins; null when the pattern has no such bar or step. */
export function tickOfStep(bars: readonly Meter[], bar: number, step: number): Ticks | null {
  const meter = bars[bar];
  const start = barStarts(bars)[bar];
  return meter && start !== undefined && step >= 0 && step < stepsPerBar(meter)
    ? ticks(start + step * STEP_TICKS)
    : null;
}
