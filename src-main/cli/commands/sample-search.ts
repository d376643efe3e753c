import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { hitId, INSTRUMENT_FACTS, INSTRUMENTS } from '#shared/model';
import { explain, type HitBook, type SearchAnswer, type SearchRequest } from '#shared/protocol';
import type { Context, Engine } from '../context';
import { EXIT, UsageError } from '../failing';
import { whole } from '../options';
import { Reporter } from '../report';

interface SearchFlags {
  readonly like?: string;
  readonly limit: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

type Flags = Pick<SearchFlags, 'json' | 'quiet'>;

const USUAL_LIMIT = 20;
const MOST = 100_000;
const WARMING_MILLISECONDS = 200;

const plain = (command: Command): Command =>
  command.option('--json', 'a line of JSON each', false).option('--quiet', 'print nothing but errors', false);

/** `samples search|twins|map`: what the whole library is asked. */
export function addSampleSearch(samples: Command, context: Context): void {
  plain(
    samples
      .command('search')
      .argument('[text]', '"short dark kick"')
      .option('--like <id>', 'sounds like this hit')
      .option('--limit <count>', 'so many at most', whole('--limit', 1, MOST), USUAL_LIMIT),
  )
    .description('hits of the whole library by words, by likeness or by both, the best match first')
    .action(async (text: string | undefined, flags: SearchFlags) => {
      if (text === undefined && flags.like === undefined)
        throw new UsageError('Say what to look for: a text, --like ID, or both.');
      await withEngine(context, async engine => {
        const book = await engine.services.hitBook();
        const rowOf = new Map(book.ids.map((id, row) => [id, row]));
        if (flags.like !== undefined && !rowOf.has(flags.like))
          throw new UsageError(`There is no hit ${flags.like} in the library.`);
        const answer = await searchWarm(engine, context.signal, {
          text: text ?? null,
          like: flags.like === undefined ? null : hitId(flags.like),
          aspects: { timbre: 1, brightness: 0, length: 0, pitch: 0, loudness: 0 },
          roles: [],
          instruments: [],
          placeIds: [],
          favourites: false,
          tags: [],
          limit: flags.limit,
        });
        const reporter = new Reporter(flags, context.streams);
        for (const [at, id] of answer.ids.entries())
          tell(reporter, flags, hitFacts(book, rowOf.get(id) ?? -1, id, answer.match[at] ?? 0));
        if (answer.ids.length === 0) reporter.complain('Nothing in the library matches.');
      });
    });

  plain(samples.command('twins'))
    .description('look for hits that sound the same: groups, the best take first')
    .action(async (flags: Flags) => {
      await withEngine(context, async engine => {
        const reporter = new Reporter(flags, context.streams);
        const { jobId } = await engine.services.findTwins();
        await finish(context, engine, jobId, reporter);
        for (const { ids, likeness } of await engine.services.twinHits()) {
          if (flags.json) reporter.data({ likeness, ids });
          else reporter.say(`${likeness.toFixed(3)}  ${ids.join('  ')}`);
        }
      });
    });

  plain(samples.command('map').option('--afresh', 'draw the whole map anew', false))
    .description('place hits on the map of sounds; those that are there stay where they are')
    .action(async (flags: Flags & { readonly afresh: boolean }) => {
      await withEngine(context, async engine => {
        const reporter = new Reporter(flags, context.streams);
        const { jobId } = await engine.services.drawMap(flags.afresh);
        if (jobId !== null) reporter.result({ ...(await finish(context, engine, jobId, reporter)) });
        else reporter.say('Every hit that was heard has its place on the map.');
      });
    });
}

/** The answer once the index is ready. */
async function searchWarm(
  engine: Engine,
  signal: AbortSignal,
  request: SearchRequest,
): Promise<SearchAnswer> {
  for (;;) {
    const answer = await engine.services.searchHits(request);
    if (answer.isWarm) return answer;
    await pause(WARMING_MILLISECONDS, undefined, { signal });
  }
}

interface HitFacts {
  readonly id: string;
  readonly match: number;
  readonly name: string;
  readonly instrument: string | null;
  readonly place: string;
  readonly decaySeconds: number | null;
}

function hitFacts(book: HitBook, row: number, id: string, match: number): HitFacts {
  const instrument = INSTRUMENTS[book.instrument[row] ?? 255];
  const decay = book.decaySeconds[row] ?? Number.NaN;
  return {
    id,
    match: Number(match.toFixed(3)),
    name: book.names[row] ?? '',
    instrument: instrument ? INSTRUMENT_FACTS[instrument].name : null,
    place: book.places[book.place[row] ?? -1]?.name ?? '',
    decaySeconds: Number.isNaN(decay) ? null : Number(decay.toFixed(3)),
  };
}

function tell(reporter: Reporter, { json }: Flags, hit: HitFacts): void {
  if (json) reporter.data(hit);
  else
    reporter.say(
      [
        hit.match.toFixed(2),
        hit.name.padEnd(24),
        (hit.instrument ?? 'unknown').padEnd(11),
        hit.place,
        hit.id,
      ].join('  '),
    );
}

async function finish(context: Context, engine: Engine, jobId: string, reporter: Reporter): Promise<object> {
  const cancel = (): void => void engine.jobs.cancel(jobId).catch(() => undefined);
  context.signal.addEventListener('abort', cancel, { once: true });
  const job = await engine.jobs.finish(jobId, view => reporter.progress(view));
  context.signal.removeEventListener('abort', cancel);
  if (job.state === 'cancelled') context.setExitCode(EXIT.cancelled);
  if (job.failure) {
    reporter.complain(explain(job.failure));
    context.setExitCode(EXIT.failed);
  }
  return { state: job.state, ...(job.data as object | null) };
}

async function withEngine(context: Context, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await context.openEngine();
  context.setExitCode(EXIT.done);
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}
