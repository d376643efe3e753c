import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assess, EVIDENCE, judge, parseRoleConfig, type RoleConfig, type Heard } from '#shared/analysis';
import { invariant } from '#shared/base';
import { type DrumEvidence, type MonoAudio, ROLES_IN_ORDER } from '#shared/model';
import { closedHat, kick, pad, snare, tom } from '#test/hits';

const TEXT = readFileSync('assets/config/role_assignment.yaml', 'utf8');

const configOf = (text: string): RoleConfig => {
  const parsed = parseRoleConfig(text);
  invariant(parsed.ok, parsed.ok ? '' : parsed.failure.problems.join('\n'));
  return parsed.value;
};
const config = configOf(TEXT);

const problemsOf = (text: string): readonly string[] => {
  const parsed = parseRoleConfig(text);
  return parsed.ok ? [] : parsed.failure.problems;
};

describe('judge', () => {
  const drums: [string, MonoAudio, string, string][] = [
    ['kick', kick(), 'CORE', 'kick'],
    ['snare', snare(), 'ACCENT', 'snare'],
    ['closed hat', closedHat(), 'MOTION', 'chh'],

    ['tom', tom(), 'FILL', 'lt'],
    ['swelling pad', pad(), 'TEXTURE', 'fx'],
  ];
  it.each(drums)('hears a %s', (_name, audio, role, instrument) => {
    const judgement = judge(audio, config);
    expect(judgement.role).toBe(role);
    expect(judgement.instrument).toBe(instrument);
  });

  it('gives probabilities that sum to 1 for roles and instruments', () => {
    for (const [, audio] of drums) {
      const { roleScores, instrumentScores } = judge(audio, config);
      expect(ROLES_IN_ORDER.reduce((sum, role) => sum + roleScores[role], 0)).toBeCloseTo(1, 9);
      expect(Object.values(instrumentScores).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    }
  });

  it('does not care how loud a hit is, how many channels hold it, or how late it begins', () => {
    const loud = kick({ level: 0.9 });
    const after = (frames: number, divisor: number): Float32Array => {
      const samples = new Float32Array(frames + loud.samples.length);
      samples.set(
        loud.samples.map(sample => sample / divisor),
        frames,
      );
      return samples;
    };
    const { sampleRate } = loud;
    const plain = assess({ sampleRate, samples: after(100, 1) }, config);
    const [left, right] = [after(5000, 64), after(5000, 64)];
    const other = assess({ sampleRate, channels: [left, right] }, config);
    for (const name of EVIDENCE) expect(other.evidence[name]).toBeCloseTo(plain.evidence[name], 6);
    expect(other.judgement.role).toBe('CORE');
  });

  it.each([8_000, 22_050, 48_000, 96_000])('hears the same kick at %i Hz', sampleRate => {
    expect(judge(kick({ sampleRate }), config).role).toBe('CORE');
  });

  it('says why in plain sentences', () => {
    const [first] = judge(kick(), config).reasons;
    expect(first).toMatch(/^\d+ % of its power lies below 150 Hz$/);
    expect(judge(closedHat(), config).reasons.join('; ')).toContain('of its power lies above 5 kHz');
  });

  it('finds nothing in silence', () => {
    const { isSilent, judgement } = assess({ sampleRate: 44_100, samples: new Float32Array(4410) }, config);
    expect(isSilent).toBe(true);
    expect(judgement.reasons).toEqual(['it is silent']);
  });

  it('survives a single frame and an impulse', () => {
    for (const samples of [new Float32Array([1]), new Float32Array([0, 1, 0, 0])]) {
      const { evidence } = assess({ sampleRate: 44_100, samples }, config);
      expect(Object.values(evidence).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('guards', () => {
  it('tells which ones fired, and why', () => {
    expect(assess(closedHat(), config).rules.guards).toContain('no low end, no kick');
    expect(assess(kick(), config).rules.guards).not.toContain('no low end, no kick');
  });

  it('multiplies a probability by its factor and scales the rest to sum 1', () => {
    const withGuard = (factor: number) =>
      assess(
        kick(),
        configOf(
          TEXT.replace(
            /roles:([\s\S]*?)guards:/,
            `roles:$1guards:\n    - when: low_ratio > 0.1\n      multiply: { CORE: ${factor} }\n      why: test`,
          ),
        ),
      ).rules.probabilities.CORE;
    const plain = withGuard(1);
    expect(withGuard(0)).toBe(0);
    expect(withGuard(0.5)).toBeCloseTo((0.5 * plain) / (1 - 0.5 * plain), 9);
  });
});

describe('fusion with an audio-text model', () => {
  const ear: Heard = {
    roles: { CORE: 0.1, ACCENT: 0.6, MOTION: 0.1, FILL: 0.1, TEXTURE: 0.1 },
    instruments: { snare: 0.9, kick: 0.1 },
    description: { text: 'dry snare', likeness: 0.84 },
  };

  it('leaves the rules alone while there is no model', () => {
    const { alpha, rules, judgement } = assess(snare(), config);
    expect(alpha).toBe(1);
    expect(judgement.roleScores).toEqual(rules.probabilities);
  });

  it('mixes by alpha where the rules are decided', () => {
    const { alpha, rules, fused } = assess(kick(), config, { ear });
    expect(alpha).toBeCloseTo(0.6, 9);
    expect(fused.CORE).toBeCloseTo(0.6 * rules.probabilities.CORE + 0.4 * 0.1, 9);
  });

  it('listens to the model more as the rules grow undecided', () => {
    const undecided = configOf(TEXT.replace(/temperature: 0\.12/, 'temperature: 1000'));
    expect(assess(kick(), undecided, { ear }).alpha).toBeLessThan(0.42);
    const { fused } = assess(kick(), undecided, { ear });
    expect(fused.ACCENT).toBeGreaterThan(fused.CORE);
  });

  it('takes the instrument that rules and model agree on, and lets it speak for its usual role', () => {
    const { judgement, fused } = assess(snare(), config, { ear });
    expect(judgement.instrument).toBe('snare');
    expect(judgement.instrumentScores.snare).toBeGreaterThan(
      assess(snare(), config).judgement.instrumentScores.snare ?? 1,
    );
    expect(judgement.roleScores.ACCENT).toBeGreaterThan(fused.ACCENT);
    expect(ROLES_IN_ORDER.reduce((sum, role) => sum + judgement.roleScores[role], 0)).toBeCloseTo(1, 9);
  });

  it('says in plain words what the model hears, beside what was measured', () => {
    const { reasons } = assess(kick(), config, { ear }).judgement;
    expect(reasons).toEqual([
      ...assess(kick(), config).judgement.reasons.slice(0, 3),
      'sounds like "a dry snare" (.84)',
    ]);
  });
});

describe('role_assignment.yaml', () => {
  it('refuses a membership of an unknown feature by name', () => {
    expect(problemsOf(TEXT.replace('[low_ratio, 0.35', '[low_ration, 0.35')).join()).toMatch(
      /^memberships\.LOW\.0: /,
    );
  });

  it('refuses a weight on an unknown membership by name', () => {
    expect(problemsOf(TEXT.replace('CORE: { LOW: 3.0', 'CORE: { LO: 3.0'))).toEqual([
      'roles.weights.CORE.LO: is not among the memberships',
    ]);
  });

  it('refuses a misspelt key, a number in words and a condition that it cannot read', () => {
    expect(problemsOf(TEXT.replace('min_margin:', 'min_margins:')).join()).toContain('min_margin');
    expect(problemsOf(TEXT.replace('alpha: 0.6', 'alpha: high')).join()).toMatch(/^fusion\.alpha: /);
    expect(problemsOf(TEXT.replace('attack_ms > 60', 'attack_ms over 60')).join()).toMatch(
      /^roles\.guards\.4\.when: "attack_ms over 60"/,
    );
    expect(problemsOf(TEXT.replace('attack_ms > 60', 'attack > 60')).join()).toContain(
      'roles.guards.4.when.attack: is not among',
    );
  });

  it('names the line where it is no YAML at all', () => {
    expect(problemsOf('version: 1\nmemberships: {LOW: [a, 1\n').join()).toMatch(/^line \d+: /);
    expect(problemsOf('').join()).toMatch(/^the file: /);
  });
});

describe('what a network heard', () => {
  const judged = (heard: DrumEvidence | null, audio = kick()) =>
    assess(audio, config, { drum: heard }).judgement;

  it('turns a doubtful judgement and leaves a sure one', () => {
    const doubtful = judged(null, tom());
    expect(judged({ class: 'toms', probability: 0.95 }, tom()).instrumentScores.lt).toBeGreaterThan(
      doubtful.instrumentScores.lt ?? 1,
    );
    expect(judged({ class: 'crash', probability: 0.3 }).instrument).toBe('kick');
  });

  it('leaves to the rules which of a class it is', () => {
    const { instrument, instrumentScores } = judged({ class: 'toms', probability: 0.9 }, tom());
    expect(['lt', 'mt', 'ht']).toContain(instrument);
    const { lt = 0, mt = 0, ht = 0 } = instrumentScores;
    expect(lt + mt + ht).toBeGreaterThan(0.8);
  });

  it('moves the role with the instrument', () => {
    const plain = judged(null, closedHat());
    const heard = judged({ class: 'chh', probability: 0.95 }, closedHat());
    expect(heard.roleScores.MOTION).toBeGreaterThan(plain.roleScores.MOTION);
    expect(heard.role).toBe('MOTION');
  });

  it('gives probabilities that sum to 1', () => {
    const { instrumentScores, roleScores } = judged({ class: 'snare', probability: 1 });
    const sum = (values: object): number =>
      Object.values(values as Record<string, number>).reduce((total, value) => total + value, 0);
    expect(sum(instrumentScores)).toBeCloseTo(1, 9);
    expect(sum(roleScores)).toBeCloseTo(1, 9);
  });
});
