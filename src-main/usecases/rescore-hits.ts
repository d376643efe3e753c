import type { Library, Writers } from '#main/library';
import { Failed } from '#main/platform';
import { type Example, type JudgedHit, likeExamples, prototypesOf } from '#shared/analysis';
import type { Hit, Judgement } from '#shared/model';
import type { RescoreAnswer, RescoreRequest } from '#shared/protocol';
import { usualEar } from './models';

/** A change of role or instrument is all that a list shows; below this a probability is the same. */
const SAME = 1e-4;

/**
 * Judges hits anew with those as examples that the user said something of: what sounds like them follows them. It begins from what the
 * machine thought without examples, so that it can be done again and taken back. What the user said stays, and so do kits.
 */
export async function rescoreHits(
  library: Library,
  modelsFolder: string,
  { scope, by }: RescoreRequest,
): Promise<RescoreAnswer> {
  const ear = await usualEar(library, modelsFolder);
  return library.write(async at => {
    const hits = (await hitsIn(at, scope)).map(hit => ({ hit, plain: withoutExamples(hit.judgement) }));
    const sounds =
      ear === null || by === 'machine'
        ? new Map()
        : await at.sounds.of(ear, [...new Set(hits.map(({ hit }) => hit.audio))]);
    const vectorOf = ({ audio }: Hit): Float32Array | null => sounds.get(audio)?.vector ?? null;
    const examples = hits.flatMap(({ hit }): Example[] => {
      const vector = hit.override && vectorOf(hit);
      return vector ? [{ vector, said: hit.override ?? {} }] : [];
    });
    const others = hits.flatMap(({ hit, plain }): JudgedHit[] => {
      const vector = hit.override ? null : vectorOf(hit);
      return vector && plain ? [{ vector, judgement: plain }] : [];
    });
    const prototypes = prototypesOf(examples, others);
    const judged = hits.flatMap(({ hit, plain }) => {
      if (!plain || !hit.judgement) return [];
      const vector = hit.override ? null : vectorOf(hit);
      const judgement =
        vector && prototypes ? rescored(plain, likeExamples(plain, vector, prototypes)) : plain;
      return isSame(hit.judgement, judgement) ? [] : [{ id: hit.id, judgement, before: hit.judgement }];
    });
    await at.hits.judge(judged);
    const moved = judged.filter(
      ({ judgement, before }) => judgement.role !== before.role || judgement.instrument !== before.instrument,
    );
    return { examples: examples.length, changed: moved.map(({ id }) => id) };
  });
}

const withoutExamples = (judgement: Judgement | null): Judgement | null => judgement?.plain ?? judgement;

const rescored = (plain: Judgement, now: Judgement): Judgement =>
  isSame(plain, now) ? plain : { ...now, plain };

const isSame = (a: Judgement, b: Judgement): boolean =>
  a.role === b.role &&
  a.instrument === b.instrument &&
  Math.abs(a.roleScores[a.role] - b.roleScores[a.role]) < SAME &&
  Math.abs((a.instrumentScores[a.instrument] ?? 0) - (b.instrumentScores[a.instrument] ?? 0)) < SAME;

async function hitsIn(at: Writers, scope: RescoreRequest['scope']): Promise<readonly Hit[]> {
  if (scope.kind === 'track') return at.hits.ofTrack(scope.id);
  if (scope.kind === 'source') return at.hits.ofSource(scope.id);
  if (scope.kind === 'kit') {
    const kit = await at.kits.one(scope.id);
    if (!kit) throw new Failed({ code: 'notFound', path: `kit ${scope.id}` });
    return at.hits.some([...new Set(kit.pads.flatMap(pad => pad.hits))]);
  }
  return at.hits.everyOne();
}
