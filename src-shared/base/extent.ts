/** The least and the most of `values`, however many: spread into `Math.min`, a hundred thousand overflow the stack. null when there are none. */
export function extentOf(values: Iterable<number>): { readonly least: number; readonly most: number } | null {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least > most ? null : { least, most };
}
