import type { Insertable, Selectable } from 'kysely';
import { type Hit, HitSchema, hitId, type Judgement, JudgementSchema } from '#shared/model';
import type { OverrideChange } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import { type Move, writeMarks } from './marks';
import { SAME_HIT_SECONDS, saidAt, scopeOf } from './said';
import type { Reading, Tables, Writing } from './schema';

const duplicates = jsonColumn(HitSchema.shape.duplicates);
const judgement = jsonColumn(JudgementSchema.nullable());
const quality = jsonColumn(HitSchema.shape.quality);
const override = jsonColumn(HitSchema.shape.override);

/** SQLite takes at most 32,766 parameters in a statement; a hit's row has 22. */
const ROWS_AT_ONCE = 1000;

type OverrideRow = Selectable<Tables['overrides']>;

function toHit(row: Selectable<Tables['hits']>, overrides: readonly OverrideRow[]): Hit {
  const said = saidAt(overrides, row.onset_frame, row.sample_rate);
  return {
    id: hitId(row.id),
    index: row.position,
    onsetFrame: row.onset_frame,
    startFrame: row.start_frame,
    frames: row.frames,
    flamFrames: row.flam_frames,
    gain: row.gain,
    velocity: row.velocity,
    sampleRate: row.sample_rate,
    audio: row.audio,
    name: row.name,
    sourceId: row.source_id,
    duplicates: duplicates.parse(row.duplicates),
    judgement: judgement.parse(row.judgement ?? 'null'),
    quality: quality.parse(row.quality ?? 'null'),
    override: said && override.parse(said.value),
  };
}

export function readHits(db: Reading) {
  const overridesIn = async (
    scopes: readonly string[],
  ): Promise<ReadonlyMap<string, readonly OverrideRow[]>> => {
    const said: OverrideRow[] = [];
    for (let first = 0; first < scopes.length; first += ROWS_AT_ONCE)
      said.push(
        ...(await db
          .selectFrom('overrides')
          .selectAll()
          .where('scope', 'in', scopes.slice(first, first + ROWS_AT_ONCE))
          .execute()),
      );
    return Map.groupBy(said, row => row.scope);
  };
  const withOverrides = async (rows: readonly Selectable<Tables['hits']>[]): Promise<Hit[]> => {
    const inScope = await overridesIn([...new Set(rows.map(scopeOf))]);
    return rows.map(row => toHit(row, inScope.get(scopeOf(row)) ?? []));
  };
  return {
    overridesIn,
    async ofTrack(trackId: string): Promise<Hit[]> {
      return withOverrides(
        await db.selectFrom('hits').selectAll().where('track_id', '=', trackId).orderBy('position').execute(),
      );
    },
    /** Former hits of a song, that kits and grooves still play: those without a track whose names begin with `prefix`. */
    async looseOf(prefix: string): Promise<Hit[]> {
      return withOverrides(
        await db
          .selectFrom('hits')
          .selectAll()
          .where('track_id', 'is', null)
          .where('id', 'like', `${prefix}%`)
          .orderBy('id')
          .execute(),
      );
    },
    /** What came with an imported folder or kit. */
    async ofSource(sourceId: string): Promise<Hit[]> {
      return withOverrides(
        await db
          .selectFrom('hits')
          .selectAll()
          .where('source_id', '=', sourceId)
          .orderBy('position')
          .orderBy('id')
          .execute(),
      );
    },
    /** The whole library's. */
    async everyOne(): Promise<Hit[]> {
      return withOverrides(await db.selectFrom('hits').selectAll().orderBy('id').execute());
    },
    /** Those of `ids` that are in the library, in the order of `ids`. */
    async some(ids: readonly string[]): Promise<Hit[]> {
      const found = new Map<string, Hit>();
      for (let first = 0; first < ids.length; first += ROWS_AT_ONCE) {
        const rows = await db
          .selectFrom('hits')
          .selectAll()
          .where('id', 'in', ids.slice(first, first + ROWS_AT_ONCE))
          .execute();
        for (const hit of await withOverrides(rows)) found.set(hit.id, hit);
      }
      return ids.flatMap(id => found.get(id) ?? []);
    },
  };
}

const judgedColumns = (value: Judgement | null) => ({
  judgement: value && judgement.write(value),
  role: value?.role ?? null,
  role_sure: value?.roleScores[value.role] ?? null,
  instrument: value?.instrument ?? null,
  instrument_sure: value?.instrumentScores[value.instrument] ?? null,
});

const toRow = (hit: Hit, trackId: string | null): Insertable<Tables['hits']> => ({
  id: hit.id,
  track_id: trackId,
  position: hit.index,
  onset_frame: hit.onsetFrame,
  start_frame: hit.startFrame,
  frames: hit.frames,
  flam_frames: hit.flamFrames,
  gain: hit.gain,
  velocity: hit.velocity,
  sample_rate: hit.sampleRate,
  audio: hit.audio,
  duplicates: duplicates.write(hit.duplicates),
  quality: hit.quality && quality.write(hit.quality),
  name: hit.name,
  source_id: hit.sourceId,
  ...judgedColumns(hit.judgement),
});

export function writeHits(db: Writing) {
  const marks = writeMarks(db);
  const { overridesIn, ...reads } = readHits(db);
  const insert = async (hits: readonly Hit[], trackId: string | null): Promise<void> => {
    for (let first = 0; first < hits.length; first += ROWS_AT_ONCE)
      await db
        .insertInto('hits')
        .values(hits.slice(first, first + ROWS_AT_ONCE).map(hit => toRow(hit, trackId)))
        .execute();
  };
  const say = (row: OverrideRow) =>
    db
      .insertInto('overrides')
      .values(row)
      .onConflict(conflict => conflict.columns(['scope', 'onset_frame']).doUpdateSet({ value: row.value }))
      .execute();
  const unsay = ({ scope, onset_frame }: OverrideRow) =>
    db.deleteFrom('overrides').where('scope', '=', scope).where('onset_frame', '=', onset_frame).execute();
  return {
    ...reads,
    /**
     * Puts a new analysis in place of the track's hits; what the user said of them stays, and goes with a hit that was moved.
     * Former hits that are not among the new ones go, but those in `used` stay without a track.
     */
    async replace(
      trackId: string,
      hits: readonly Hit[],
      used: ReadonlySet<string> = new Set(),
    ): Promise<void> {
      await countChange(db, 'tracks');
      const former = await db
        .selectFrom('hits')
        .select(['id', 'onset_frame', 'sample_rate'])
        .where('track_id', '=', trackId)
        .execute();
      const renewed = new Map<string, Hit>(hits.map(hit => [hit.id, hit]));
      const said = await db.selectFrom('overrides').selectAll().where('scope', '=', trackId).execute();
      const moves: Move[] = [];
      for (const { id, onset_frame, sample_rate } of former) {
        const now = renewed.get(id);
        const isLoose = !now && used.has(id);
        if (now || isLoose)
          moves.push({
            former: { id, track_id: trackId, onset_frame, sample_rate },
            now: now ? now.onsetFrame : null,
          });
        const own = saidAt(said, onset_frame, sample_rate);
        if (isLoose) {
          await db.updateTable('hits').set({ track_id: null }).where('id', '=', id).execute();
          if (own) await say({ ...own, scope: id, onset_frame });
        } else if (now && own && Math.abs(now.onsetFrame - onset_frame) > SAME_HIT_SECONDS * sample_rate) {
          await unsay(own);
          await say({ ...own, onset_frame: now.onsetFrame });
        }
      }
      await marks.follow(moves);
      await db.deleteFrom('hits').where('track_id', '=', trackId).execute();
      const ids = [...renewed.keys()];
      for (let first = 0; first < ids.length; first += ROWS_AT_ONCE)
        await db
          .deleteFrom('hits')
          .where('id', 'in', ids.slice(first, first + ROWS_AT_ONCE))
          .execute();
      await insert(hits, trackId);
    },
    /** What the machine thinks of hits now. */
    async judge(judged: readonly { readonly id: string; readonly judgement: Judgement }[]): Promise<void> {
      if (judged.length === 0) return;
      await countChange(db, 'tracks');
      for (const { id, judgement: value } of judged)
        await db.updateTable('hits').set(judgedColumns(value)).where('id', '=', id).execute();
    },
    /** Forgets hits without a track. */
    async removeLoose(ids: readonly string[]): Promise<void> {
      for (const id of ids)
        await db.deleteFrom('hits').where('id', '=', id).where('track_id', 'is', null).execute();
    },
    /** Hits that came with a kit, renewed when they are there already. */
    async putLoose(hits: readonly Hit[]): Promise<void> {
      await countChange(db, 'kits');
      await countChange(db, 'sources');
      const ids = hits.map(({ id }) => id);
      for (let first = 0; first < ids.length; first += ROWS_AT_ONCE)
        await db
          .deleteFrom('hits')
          .where('id', 'in', ids.slice(first, first + ROWS_AT_ONCE))
          .execute();
      await insert(hits, null);
    },
    /** What the user says of hits; null of a part, or of all, goes back to the machine's judgement. Answers how many hits there were. */
    async override(ids: readonly string[], change: OverrideChange | null): Promise<number> {
      await countChange(db, 'tracks');
      const hits = await marks.places([...new Set(ids)]);
      const inScope = await overridesIn([...new Set(hits.map(scopeOf))]);
      for (const hit of hits) {
        const scope = scopeOf(hit);
        const former = saidAt(inScope.get(scope) ?? [], hit.onset_frame, hit.sample_rate);
        if (former) await unsay(former);
        const value = change && changedOverride(former ? override.parse(former.value) : null, change);
        if (value) await say({ scope, onset_frame: hit.onset_frame, value: override.write(value) });
      }
      return hits.length;
    },
  };
}

function changedOverride(former: Hit['override'], change: OverrideChange): Hit['override'] {
  const { role = former?.role ?? null, instrument = former?.instrument ?? null } = change;
  if (role === null && instrument === null) return null;
  return { ...(role === null ? {} : { role }), ...(instrument === null ? {} : { instrument }) };
}
