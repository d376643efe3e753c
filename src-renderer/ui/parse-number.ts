/** "+13.0", "−4", "1 000", "13 ms" as numbers; null when there is none. */
export function parseNumber(text: string): number | null {
  const tidy = text
    .replaceAll('\u2212', '-')
    .replace(/[\s\u202f%]|ms|BPM/gi, '')
    .replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(tidy) ? Number(tidy) : null;
}
