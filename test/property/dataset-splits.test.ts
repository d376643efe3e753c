import { array, assert, boolean, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midiSource, SPLITS, type SplitLists, type SplitSample, splitsOf } from '#shared/dataset';

const RATIOS = { train: 0.7, validation: 0.15, test: 0.15 };
const TIERS = ['beginner', 'intermediate', 'advanced', 'professional'];

/** Up to 60 players of fixed tiers, each with up to six samples. */
const datasets = array(
  array(record({ kit: nat(5), rudiment: nat(39), room: nat(7) }), {
    minLength: 1,
    maxLength: 6,
  }),
  { minLength: 1, maxLength: 60 },
).map(players =>
  players.flatMap((own, player) =>
    own.map(
      ({ kit, rudiment, room }, number): SplitSample => ({
        id: `${player}_${number}`,
        profile: `player ${player}`,
        tier: TIERS[player % 4] ?? '',
        kit: `kit ${kit}`,
        source: `rudiment ${rudiment}`,
        room: `room ${room}`,
      }),
    ),
  ),
);

const AXES = [
  ['by_profile', 'profile'],
  ['by_kit', 'kit'],
  ['by_rudiment', 'source'],
  ['by_room', 'room'],
] as const;

const NO_LISTS: SplitLists = { train: [], validation: [], test: [], left_out: 0 };

describe('splits', () => {
  it('share no player and no group, lose no sample unsaid, and do not follow the order of samples', () => {
    assert(
      property(datasets, nat(), (samples, seed) => {
        const splits = splitsOf(samples, RATIOS, seed);
        const byId = new Map(samples.map(sample => [sample.id, sample]));
        for (const [name, axis] of AXES) {
          const lists = splits[name] ?? NO_LISTS;
          expect(splits[name] === null).toBe(new Set(samples.map(sample => sample[axis])).size === 1);
          const ids = SPLITS.map(split => lists[split]);
          for (const key of ['profile', axis] as const) {
            const homes = ids.flatMap((list, split) =>
              [...new Set(list.map(id => byId.get(id)?.[key]))].map(value => ({ value, split })),
            );
            expect(new Set(homes.map(({ value }) => value)).size).toBe(homes.length);
          }
          const listed = splits[name] ? samples.length - lists.left_out : 0;
          expect(ids.flat().length).toBe(listed);
        }
        expect(splits.by_profile?.left_out ?? 0).toBe(0);
        const turned = splitsOf(samples.toReversed(), RATIOS, seed).by_profile;
        expect(turned && SPLITS.map(split => new Set(turned[split]))).toEqual(
          splits.by_profile && SPLITS.map(split => new Set(splits.by_profile?.[split])),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('part no MIDI file in any list, whoever plays it, and leave nothing out of files with players of one split', () => {
    const played = array(
      record({
        player: nat(20),
        kit: nat(3),
        room: nat(3),
        file: nat(8),
        isFile: boolean(),
        isShared: boolean(),
      }),
      { minLength: 1, maxLength: 200 },
    ).map(all =>
      all.map(({ player, kit, room, file, isFile, isShared }, index): SplitSample => {
        const own = isShared ? `shared ${file}` : `of ${player}`;
        return {
          id: String(index),
          profile: `player ${player}`,
          tier: TIERS[player % 4] ?? '',
          kit: `kit ${kit}`,
          source: isFile ? midiSource(own) : `rudiment ${file}`,
          room: `room ${room}`,
        };
      }),
    );
    assert(
      property(played, nat(), (samples, seed) => {
        const splits = splitsOf(samples, RATIOS, seed);
        const byId = new Map(samples.map(sample => [sample.id, sample]));
        for (const [name] of AXES) {
          const homes = new Map<string, Set<string>>();
          for (const split of SPLITS)
            for (const id of splits[name]?.[split] ?? []) {
              const source = byId.get(id)?.source ?? '';
              if (source.startsWith('midi-')) homes.set(source, (homes.get(source) ?? new Set()).add(split));
            }
          expect([...homes.values()].filter(({ size }) => size > 1)).toEqual([]);
        }
        const listed = new Set(SPLITS.flatMap(split => splits.by_profile?.[split] ?? []));
        const alone = samples.filter(({ source }) => !source.startsWith('midi-shared'));
        const missing = splits.by_profile ? alone.filter(({ id }) => !listed.has(id)) : [];
        expect(missing).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('keep the share of every tier, and of the whole', () => {
    const samples = Array.from(
      { length: 4000 },
      (_, number): SplitSample => ({
        id: String(number),
        profile: `player ${number % 100}`,
        tier: TIERS[(number % 100) % 4] ?? '',
        kit: 'one',
        source: `rudiment ${number % 7}`,
        room: 'none',
      }),
    );
    const { by_profile, by_kit } = splitsOf(samples, RATIOS, 1);
    expect(by_kit).toBeNull();
    const tierOf = new Map(samples.map(({ id, tier }) => [id, tier]));
    for (const split of SPLITS) {
      for (const tier of TIERS) {
        const share = (by_profile?.[split].filter(id => tierOf.get(id) === tier).length ?? 0) / 1000;
        // A player of 25 in a tier is .04 of it.
        expect(Math.abs(share - RATIOS[split])).toBeLessThan(0.05);
      }
    }
  });

  it('leave no list empty where there are three groups, and none for what has no share', () => {
    const samples = Array.from(
      { length: 3 },
      (_, number): SplitSample => ({
        id: String(number),
        profile: String(number),
        tier: 't',
        kit: 'k',
        source: 'r',
        room: 'o',
      }),
    );
    const few = splitsOf(samples, RATIOS, 5).by_profile;
    expect(few && SPLITS.map(split => few[split].length)).toEqual([1, 1, 1]);
    const two = splitsOf(samples, { train: 0.5, validation: 0, test: 0.5 }, 5).by_profile;
    expect(two?.validation).toEqual([]);
    expect(two?.test.length).toBeGreaterThan(0);
  });
});
