import { describe, expect, it } from 'vitest';
import { type Hit, hitId, type Instrument, type Role } from '#shared/model';
import { firstKit, moveHit } from '../../../src-main/usecases/first-kit';

const SCORES = { CORE: 0, ACCENT: 0, FILL: 0, MOTION: 0, TEXTURE: 0 };

const aHit = (id: string, role: Role, instrument: Instrument, certainty = 0.8): Hit => ({
  id: hitId(id),
  index: 0,
  onsetFrame: 1000,
  startFrame: 900,
  frames: 5000,
  flamFrames: null,
  gain: 1,
  velocity: 0.5,
  sampleRate: 44_100,
  audio: 'f'.repeat(64),
  name: null,
  sourceId: null,
  duplicates: [],
  judgement: {
    role,
    roleScores: { ...SCORES, [role]: certainty },
    instrument,
    instrumentScores: { [instrument]: certainty },
    reasons: [],
  },
  quality: null,
  override: null,
});

const kitOf = (...hits: Hit[]) => firstKit('kit', 'Kit', 44_100, hits);

describe('a first kit', () => {
  it('has a pad for each instrument in each role, in the order of roles, the surest hits first', () => {
    const kit = kitOf(
      aHit('hat', 'MOTION', 'chh'),
      aHit('dull kick', 'CORE', 'kick', 0.4),
      aHit('kick', 'CORE', 'kick', 0.9),
      aHit('snare', 'ACCENT', 'snare'),
    );
    expect(kit.pads.map(pad => [pad.name, pad.note, pad.choke, pad.hits])).toEqual([
      ['Kick', 36, null, ['kick', 'dull kick']],
      ['Snare', 38, null, ['snare']],
      ['Closed hat', 42, 'hat', ['hat']],
    ]);
  });

  it("believes the user's word before the machine's", () => {
    const said = {
      ...aHit('tom', 'CORE', 'kick'),
      override: { role: 'FILL' as const, instrument: 'lt' as const },
    };
    expect(kitOf(said).pads.map(pad => pad.id)).toEqual(['FILL.lt']);
  });

  it('leaves out what nobody has judged', () => {
    expect(kitOf({ ...aHit('?', 'CORE', 'kick'), judgement: null }).pads).toEqual([]);
  });
});

describe('a hit that the user calls something else', () => {
  const kit = kitOf(
    aHit('a', 'CORE', 'kick', 0.9),
    aHit('b', 'CORE', 'kick', 0.5),
    aHit('s', 'ACCENT', 'snare'),
  );
  const asSnare = (hit: Hit): Hit => ({ ...hit, override: { role: 'ACCENT', instrument: 'snare' } });

  it('moves to the pad that it is now, and the pad that it left keeps a hit chosen', () => {
    const chosen = { ...kit, pads: kit.pads.map(pad => ({ ...pad, chosen: pad.hits.length - 1 })) };
    const moved = moveHit(chosen, asSnare(aHit('b', 'CORE', 'kick')));
    expect(moved.pads.map(pad => [pad.id, pad.hits, pad.chosen])).toEqual([
      ['CORE.kick', ['a'], 0],
      ['ACCENT.snare', ['s', 'b'], 0],
    ]);
  });

  it('makes a pad where there was none, and takes away the one that it leaves empty', () => {
    const moved = moveHit(kit, { ...aHit('s', 'ACCENT', 'snare'), override: { instrument: 'clap' } });
    expect(moved.pads.map(pad => [pad.id, pad.hits])).toEqual([
      ['CORE.kick', ['a', 'b']],
      ['ACCENT.clap', ['s']],
    ]);
  });

  it('leaves a locked pad and a kit without it as they are', () => {
    const locked = { ...kit, pads: kit.pads.map(pad => ({ ...pad, locked: true })) };
    expect(moveHit(locked, asSnare(aHit('b', 'CORE', 'kick')))).toBe(locked);
    expect(moveHit(kit, asSnare(aHit('elsewhere', 'CORE', 'kick')))).toBe(kit);
  });
});
