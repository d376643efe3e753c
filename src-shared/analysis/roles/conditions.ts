/** One comparison of a guard: `crest_db > 11`. */
export interface Comparison {
  readonly name: string;
  readonly operator: '>' | '>=' | '<' | '<=';
  readonly limit: number;
}

/** "FAST > 0.6 and crest_db > 11" as comparisons that must all hold; null when it is not of that form. */
export function parseCondition(text: string): readonly Comparison[] | null {
  const comparisons: Comparison[] = [];
  for (const part of text.split(/\s+and\s+/)) {
    const match = /^\s*([A-Za-z]\w*)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(part);
    const [, name, operator, limit] = match ?? [];
    if (name === undefined || operator === undefined || limit === undefined) return null;
    comparisons.push({ name, operator: operator as Comparison['operator'], limit: Number(limit) });
  }
  return comparisons;
}

/** Whether all of `comparisons` hold; a name that is not in `values` compares as NaN, so never holds. */
export const holds = (
  comparisons: readonly Comparison[],
  values: Readonly<Record<string, number>>,
): boolean =>
  comparisons.every(({ name, operator, limit }) => {
    const value = values[name] ?? Number.NaN;
    switch (operator) {
      case '>':
        return value > limit;
      case '>=':
        return value >= limit;
      case '<':
        return value < limit;
      case '<=':
        return value <= limit;
    }
  });
