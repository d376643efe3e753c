export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Of a whole population; 0 for fewer than two. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) ** 2;
  return Math.sqrt(sum / values.length);
}

export function meanAbsolute(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return values.length === 0 ? 0 : sum / values.length;
}

/** Slope of the straight line through the points (least squares); 0 where they have no extent. */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [mean(xs), mean(ys)];
  let above = 0;
  let below = 0;
  for (let index = 0; index < xs.length; index++) {
    const dx = (xs[index] as number) - x;
    above += dx * ((ys[index] as number) - y);
    below += dx * dx;
  }
  return below === 0 ? 0 : above / below;
}

/** Autocorrelation of the values about their mean; 0 where they do not vary. */
export function autocorrelation(values: readonly number[], lag: number): number {
  const middle = mean(values);
  let above = 0;
  let below = 0;
  for (let index = 0; index < values.length; index++) {
    const here = (values[index] as number) - middle;
    below += here * here;
    if (index + lag < values.length) above += here * ((values[index + lag] as number) - middle);
  }
  return below === 0 ? 0 : above / below;
}

/** 100 at 0, 50 at `middle`, falling as steeply as `width` is small. */
export const falling = (value: number, middle: number, width: number): number =>
  100 / (1 + Math.exp((value - middle) / width));

export const within100 = (value: number): number => Math.min(100, Math.max(0, value));
