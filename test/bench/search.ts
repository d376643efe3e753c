// Time of a search among COUNT hits on one core, the index' build and memory, and how much of the exact ten the quick pass finds.
//   npm run bench -- search [COUNT]
import type { SearchRequest } from '#shared/protocol';
import {
  BestRows,
  openSoundLibrary,
  recallOfOne,
  SearchableBook,
  searchSounds,
  SoundIndex,
} from '#shared/search';
import { anyBook, earMeasuresOf } from '#test/any-book';
import { anyVectors } from '#test/any-vectors';

const COUNT = Number(process.argv[2] ?? 100_000);
const SIZE = 128;
/** The clock of the processor ticks every 4 ms: so many searches are timed as one. */
const BATCH = 8;
const BATCHES = 24;
const WARM_UP = 4;

/** Time of the processor, so that whatever else runs does not count. */
const processor = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
const timed = (work: () => void): number => {
  const begin = processor();
  work();
  return processor() - begin;
};
/** Pushes the time of one search, the mean of each batch. */
function inBatches(times: number[], work: (turn: number) => void): void {
  for (let batch = 0; batch < BATCHES; batch++) {
    const time = timed(() => {
      for (let turn = 0; turn < BATCH; turn++) work(batch * BATCH + turn);
    });
    if (batch >= WARM_UP) times.push(time / BATCH);
  }
}
const at = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const book = anyBook(COUNT);
const vectors = anyVectors(COUNT, { size: SIZE, kinds: book.instrument });
const index = new SoundIndex(SIZE);
const build = timed(() => index.append(vectors));
console.log(
  `${COUNT} hits of ${SIZE} numbers: index built in ${((build * 1000) / COUNT).toFixed(1)} us a hit, ${(index.bytes / 1e6).toFixed(1)} MB, ${((index.bytes - vectors.byteLength) / 1e6).toFixed(1)} of them the bytes of the bound`,
);
const slots = Int32Array.from({ length: COUNT }, (_, row) => row);
const opened: number[] = [];
const measured = earMeasuresOf(book);
const openedAnew = () => openSoundLibrary({ book: new SearchableBook(book), index, slots, measured });
let library = openedAnew();
for (let turn = 0; turn < 3; turn++) opened.push(timed(() => (library = openedAnew())));
console.log(`book and scales made ready in ${at(opened, 0.5).toFixed(0)} ms`);

const plain: SearchRequest = {
  text: null,
  like: null,
  aspects: { timbre: 1, brightness: 0, length: 0, pitch: 0, loudness: 0 },
  roles: [],
  instruments: [],
  placeIds: [],
  favourites: false,
  tags: [],
  limit: 50,
};
const likeOf = (turn: number): SearchRequest['like'] =>
  (book.ids[(turn * 7919) % COUNT] ?? '') as SearchRequest['like'];
const texts = [
  'short dark kick',
  'bright snare',
  'long low tom',
  'punchy 808 kick',
  'noisy clap',
  'washy ride not bright',
];
const heard = (turn: number): Float32Array => {
  const from = ((turn * 104_729) % COUNT) * SIZE;
  return vectors.slice(from, from + SIZE);
};
const kinds: readonly (readonly [string, (turn: number) => readonly [SearchRequest, Float32Array | null]])[] =
  [
    ['like a hit, 50 best', turn => [{ ...plain, like: likeOf(turn) }, null]],
    [
      'like a hit, five sides',
      turn => [
        {
          ...plain,
          like: likeOf(turn),
          aspects: { timbre: 1, brightness: 0.5, length: 0.5, pitch: 0.3, loudness: 0.2 },
        },
        null,
      ],
    ],
    ['like a hit, of one role', turn => [{ ...plain, like: likeOf(turn), roles: ['CORE'] }, null]],
    ['a text, 50 best', turn => [{ ...plain, text: texts[turn % texts.length] ?? '' }, heard(turn)]],
    ['like a hit, all in order', turn => [{ ...plain, like: likeOf(turn), limit: 100_000 }, null]],
    [
      'a text, all in order',
      turn => [{ ...plain, text: texts[turn % texts.length] ?? '', limit: 100_000 }, heard(turn)],
    ],
  ];

const exact: number[] = [];
inBatches(exact, turn => {
  const query = heard(turn);
  const best = new BestRows(50);
  for (let slot = 0; slot < COUNT; slot++) best.offer(-index.exact(query, slot), slot);
  best.sorted();
});
console.log(
  `exact scan of float32: p50 ${at(exact, 0.5).toFixed(1)} ms, p95 ${at(exact, 0.95).toFixed(1)} ms`,
);
for (const [name, make] of kinds) {
  const times: number[] = [];
  let found = 0;
  inBatches(times, turn => {
    const [request, text] = make(turn);
    found = searchSounds(library, { request, text }).rows.length;
  });
  console.log(
    `${name.padEnd(26)} p50 ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms, x ${(at(times, 0.5) / at(exact, 0.5)).toFixed(2)} of the exact scan; ${found} found`,
  );
}
const recalls = Array.from({ length: 50 }, (_, number) => recallOfOne(index, number));
console.log(`recall@10 of a search: ${mean(recalls).toFixed(4)} (${recalls.length} queries)`);
