/** The first of those that are nearest to `value`; `choice` is not empty. */
export const nearestOf = <Choice extends number>(
  choice: readonly [Choice, ...Choice[]],
  value: number,
): Choice => choice.reduce((best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best));
