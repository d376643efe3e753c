import { atLeast, atMost, printed, type Section } from './section';

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);

export const search: Section = {
  title: 'Search',
  command: 'npm run bench -- search 100000; npm run bench -- sound-map 20000',
  measure({ bench }) {
    const found = bench('search', '100000');
    const map = bench('sound-map', '20000');
    const slowest = Math.max(
      ...[...found.matchAll(/50 best +p50 [\d.]+ ms, p95 ([\d.]+)/g)].map(match => Number(match[1])),
    );
    return {
      text: `Generated libraries: clusters of vectors with near twins (\`test/support/any-vectors.ts\`), hits with names, filters and measures (\`test/support/any-book.ts\`). Times are of one core's work.\n\n${printed(`${found}\n${map}`)}`,
      gates: [
        atMost('search: a query among 100,000 hits, 95 of 100, ms of one core', slowest, 20, 1),
        atLeast(
          'search: recall@10 against exact search',
          numberIn(found, /recall@10[^:]*: ([\d.]+)/),
          0.99,
          4,
        ),
        atLeast('map: trustworthiness', numberIn(map, /trustworthiness ([\d.]+)/), 0.85, 3),
      ],
    };
  },
};
