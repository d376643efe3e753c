import { describe, expect, it } from 'vitest';
import { type Example, type JudgedHit, likeExamples, type Prototypes, prototypesOf } from '#shared/analysis';
import { invariant } from '#shared/base';
import { type Judgement, ROLES_IN_ORDER, type RoleScores } from '#shared/model';

/** A direction in a plane, by its angle in degrees. */
const at = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

const judged = (role: keyof RoleScores, instrument: Judgement['instrument'], sure: number): Judgement => ({
  role,
  roleScores: Object.fromEntries(
    ROLES_IN_ORDER.map(each => [each, each === role ? sure : (1 - sure) / 4]),
  ) as RoleScores,
  instrument,
  instrumentScores: { [instrument]: sure, fx: 1 - sure },
  reasons: ['rises in 2.0 ms'],
});
const toms: readonly JudgedHit[] = [80, 85, 90, 95].map(degrees => ({
  vector: at(degrees),
  judgement: judged('FILL', 'lt', 0.7),
}));
const rims = [0, 4, 8].map(degrees => ({ vector: at(degrees), said: { instrument: 'rim' as const } }));

const prototypesAmongToms = (examples: readonly Example[]): Prototypes => {
  const prototypes = prototypesOf(examples, toms);
  invariant(prototypes, 'the examples say something');
  return prototypes;
};

describe('hits that the user said something of', () => {
  it('say nothing when there are none, or only silent ones', () => {
    expect(prototypesOf([], toms)).toBeNull();
    expect(prototypesOf([{ vector: new Float32Array(2), said: { role: 'CORE' } }], toms)).toBeNull();
  });

  it('move what sounds like them, and say so', () => {
    const prototypes = prototypesAmongToms(rims);
    const { instrument, instrumentScores, role, reasons } = likeExamples(
      judged('FILL', 'lt', 0.7),
      at(6),
      prototypes,
    );
    expect(instrument).toBe('rim');
    expect(Object.values(instrumentScores).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    expect(reasons).toEqual(['rises in 2.0 ms', 'like 3 hits that you called Rim']);
    // Nothing was said of roles.
    expect(role).toBe('FILL');
  });

  it('leave alone what sounds like its own kind', () => {
    const prototypes = prototypesAmongToms(rims);
    const before = judged('FILL', 'lt', 0.7);
    const after = likeExamples(before, at(82), prototypes);
    expect(after.instrument).toBe('lt');
    expect(after.instrumentScores.lt).toBeCloseTo(0.7, 2);
    expect(after.reasons).toEqual(before.reasons);
  });

  it('count for more the more they are', () => {
    const one = prototypesAmongToms(rims.slice(1, 2));
    const three = prototypesAmongToms(rims);
    const scoreBy = (prototypes: Prototypes) =>
      likeExamples(judged('FILL', 'lt', 0.7), at(12), prototypes).instrumentScores.rim ?? 0;
    expect(scoreBy(three)).toBeGreaterThan(scoreBy(one));
  });

  it('speak for roles as they do for instruments', () => {
    const prototypes = prototypesAmongToms([{ vector: at(0), said: { role: 'MOTION' } }]);
    const after = likeExamples(judged('FILL', 'lt', 0.6), at(3), prototypes);
    expect(after.role).toBe('MOTION');
    expect(after.reasons.at(-1)).toBe('like a hit that you called Motion');
    expect(after.instrument).toBe('lt');
  });
});
