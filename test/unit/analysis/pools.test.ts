import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AssessedSample, assess, buildPools, parseRoleConfig, perSampleOf } from '#shared/analysis';
import { invariant } from '#shared/base';
import { type MonoAudio, type Override, PerSampleSchema, PoolsFileSchema, rolePool } from '#shared/model';
import { closedHat, kick, snare } from '#test/hits';

const parsed = parseRoleConfig(readFileSync('assets/config/role_assignment.yaml', 'utf8'));
invariant(parsed.ok, 'the bundled configuration is valid');
const config = parsed.value;

const sample = (sampleId: string, audio: MonoAudio, override: Override | null = null): AssessedSample => ({
  sampleId,
  filepath: `${sampleId}.wav`,
  assessment: assess(audio, config),
  override,
});
const idsOf = (entries: readonly { sample_id: string }[] | undefined) =>
  entries?.map(entry => entry.sample_id);
const silence = { sampleRate: 44_100, samples: new Float32Array(100) };

describe('buildPools', () => {
  const samples = [sample('hat', closedHat()), sample('kick', kick()), sample('snare', snare())];
  const pools = buildPools(samples, config.pools);

  it('writes both seeds forms, best first, with counts', () => {
    expect(PoolsFileSchema.parse(structuredClone(pools))).toEqual(pools);
    expect(idsOf(pools.CORE_POOL)).toEqual(['kick']);
    expect(idsOf(pools.kick_POOL)).toEqual(['kick']);
    expect(idsOf(pools.chh_POOL)).toEqual(['hat']);
    expect(pools.counts).toMatchObject({ CORE: 1, ACCENT: 1, MOTION: 1 });
    const two = buildPools([sample('b', kick({ stroke: 'b' })), sample('a', kick())], config.pools);
    const confidences = two.CORE_POOL?.map(entry => entry.confidence) ?? [];
    expect(confidences[0]).toBeGreaterThanOrEqual(confidences[1] ?? 1);
  });

  it('lets the user decide, with confidence 1, and leaves the scores as they are', () => {
    const overridden = sample('kick', kick(), { role: 'FILL', instrument: 'lt' });
    const decided = buildPools([overridden, sample('snare', snare())], config.pools);
    expect(decided.FILL_POOL).toEqual([
      { sample_id: 'kick', filepath: 'kick.wav', confidence: 1, override: true },
    ]);
    expect(idsOf(decided.CORE_POOL)).toEqual([]);
    expect(idsOf(decided.lt_POOL)).toEqual(['kick']);
    expect(idsOf(decided.kick_POOL)).toEqual([]);
    expect(perSampleOf(overridden, config.pools)).toMatchObject({
      role: 'CORE',
      instrument: 'kick',
      override: { role: 'FILL', instrument: 'lt' },
    });
  });

  it('leaves out what no role is sure of, and lists it', () => {
    const strict = { ...config.pools, min_confidence: 0.999 };
    const none = buildPools(samples, strict);
    expect(none.unassigned).toEqual(['hat', 'kick', 'snare']);
    expect(buildPools([sample('nothing', silence)], config.pools)).toMatchObject({
      unassigned: ['nothing'],
      fx_POOL: [],
      TEXTURE_POOL: [],
    });
  });

  it('fills an empty pool with the best sample above the limit, marked, and with nothing below it', () => {
    const strict = { ...config.pools, min_confidence: 0.999 };
    expect(buildPools(samples, strict).CORE_POOL).toMatchObject([{ sample_id: 'kick', fallback: true }]);
    expect(pools.TEXTURE_POOL).toEqual([]);
    expect(pools.empty).toEqual(['FILL', 'TEXTURE']);
  });
});

describe('perSampleOf', () => {
  it('holds the whole way to a role', () => {
    const record = PerSampleSchema.parse(perSampleOf(sample('kick', kick()), config.pools));
    expect(record).toMatchObject({ role: 'CORE', assigned: true, alpha: 1, p_clap: null, override: null });
    expect(Object.keys(record.features)).toEqual(expect.arrayContaining(['energy_db', 'tonality']));
    expect(Object.keys(record.memberships)).toContain('LOW');
  });
});

describe('rolePool', () => {
  it('reads a file that knows instruments only', () => {
    const entry = { sample_id: 'a', filepath: 'a.wav', confidence: 0.7 };
    const better = { sample_id: 'b', filepath: 'b.wav', confidence: 0.9 };
    const file = PoolsFileSchema.parse({ snare_POOL: [entry], clap_POOL: [better] });
    expect(idsOf(rolePool(file, 'ACCENT'))).toEqual(['b', 'a']);
    expect(rolePool(file, 'CORE')).toEqual([]);
  });
});
