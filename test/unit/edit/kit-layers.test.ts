import { describe, expect, it } from 'vitest';
import {
  fittingLayers,
  layersOfTakes,
  placeInName,
  type ShuffleHit,
  shuffledPads,
  type Take,
  takeOf,
  withFirstLayer,
  withLayerAt,
  withLayerOnTop,
  withoutLayer,
  withoutLayers,
  withoutTake,
  withSplit,
  withTakeAt,
  withTakes,
} from '#shared/edit';
import { hitId, type Kit, type Pad, PLAIN_PAD } from '#shared/model';

const id = hitId;
const pad = (changed: Partial<Pad> = {}): Pad => ({
  id: 'snare',
  name: 'Snare',
  role: 'ACCENT',
  instrument: 'snare',
  note: 38,
  hits: ['a', 'b', 'c'].map(id),
  ...PLAIN_PAD,
  ...changed,
});
const layered = pad({
  layers: [
    { upTo: 40, hits: [id('a')] },
    { upTo: 90, hits: [id('b'), id('c')] },
    { upTo: 127, hits: [id('d')] },
  ],
});
const words = ({ layers }: Pad): string =>
  layers.map(({ upTo, hits }) => `${hits.join('')}${upTo}`).join(' ');

describe('layers of a pad', () => {
  it('begin with the chosen hit, and grow on top', () => {
    expect(words(withFirstLayer(pad({ chosen: 1 })))).toBe('b127');
    expect(words(withLayerOnTop(pad({ chosen: 1 }), [id('c')]))).toBe('b64 c127');
    expect(words(withLayerOnTop(layered, [id('e')]))).toBe('a40 bc90 d109 e127');
    expect(withLayerOnTop(layered, [id('e')]).hits).toContain('e');
    expect(words(withLayerOnTop(pad({ hits: [] }), [id('e')]))).toBe('e127');
  });

  it('have borders that leave every neighbour a velocity', () => {
    expect(words(withSplit(layered, 0, 60))).toBe('a60 bc90 d127');
    expect(words(withSplit(layered, 0, 126))).toBe('a89 bc90 d127');
    expect(words(withSplit(layered, 1, 3))).toBe('a40 bc41 d127');
    expect(words(withSplit(layered, 0, -5))).toBe('a1 bc90 d127');
    expect(withSplit(layered, 2, 100)).toBe(layered);
  });

  it('gain and lose takes; one without takes is none, and its velocities go to the one above', () => {
    expect(words(withTakes(layered, 0, [id('e'), id('a')]))).toBe('ae40 bc90 d127');
    expect(words(withoutTake(layered, 1, id('b')))).toBe('a40 c90 d127');
    expect(words(withoutTake(layered, 0, id('a')))).toBe('bc90 d127');
    expect(words(withoutLayer(layered, 2))).toBe('a40 bc127');
  });

  it('change places, and takes change layers', () => {
    expect(words(withLayerAt(layered, 0, 2))).toBe('bc40 d90 a127');
    expect(words(withTakeAt(layered, id('c'), 1, { layer: 1, place: 0 }))).toBe('a40 cb90 d127');
    expect(words(withTakeAt(layered, id('d'), 2, { layer: 0, place: 1 }))).toBe('ad40 bc127');
  });

  it('end with the loudest sound answering all', () => {
    const plain = withoutLayers({ ...layered, hits: ['a', 'b', 'c', 'd'].map(id) });
    expect([plain.layers, plain.hits[plain.chosen]]).toEqual([[], 'd']);
  });
});

const take = (name: string, struckDecibels: number, sliceDecibels = struckDecibels): Take => ({
  id: id(name),
  name: null,
  struckDecibels,
  sliceDecibels,
});

describe('layers of takes', () => {
  it('are groups of takes alike in level, soft to loud, with borders between their velocities', () => {
    const made = layersOfTakes([
      take('l1', 0),
      take('s1', -20),
      take('m1', -9),
      take('l2', -0.8),
      take('s2', -21),
      take('m2', -10),
    ]);
    expect(made.layers.map(({ hits }) => hits.join(' '))).toEqual(['s2 s1', 'm2 m1', 'l2 l1']);
    const [soft = 0, middle = 0, loud] = made.layers.map(({ upTo }) => upTo);
    expect(loud).toBe(127);
    expect(soft).toBeGreaterThan(127 * 10 ** (-20 / 40));
    expect(soft).toBeLessThan(127 * 10 ** (-10 / 40));
    expect(middle).toBeGreaterThan(127 * 10 ** (-9 / 40));
  });

  it('make every take as loud as the loudest, so that velocity alone sets the level', () => {
    const { gains } = layersOfTakes([take('loud', 0), take('soft', -18), take('normalised', -18, -1)]);
    expect([...gains]).toEqual([
      ['loud', 0],
      ['soft', 18],
      ['normalised', 1],
    ]);
    expect(takeOf({ id: id('x'), name: null, velocity: 0.5, gain: 2 })).toMatchObject({
      struckDecibels: expect.closeTo(-12.04, 1),
      sliceDecibels: expect.closeTo(-6.02, 1),
    });
  });

  it('go by file names where all of them say which layer they are', () => {
    const named = (name: string): Take => ({ ...take(name, 0), name });
    const { layers } = layersOfTakes([
      named('Snare_v2_rr1'),
      named('Snare_v1_rr2'),
      named('Snare_v2_rr2'),
      named('Snare_v1_rr1'),
    ]);
    expect(layers).toEqual([
      { upTo: 64, hits: ['Snare_v1_rr1', 'Snare_v1_rr2'] },
      { upTo: 127, hits: ['Snare_v2_rr1', 'Snare_v2_rr2'] },
    ]);
    expect(placeInName('KickVel 3 RR2')).toEqual({ layer: 3, take: 2 });
    expect(placeInName('snare-vel-12')).toEqual({ layer: 12, take: 0 });
    expect(placeInName('Groove 2')).toBe(null);
    expect(placeInName(null)).toBe(null);
  });

  it('are one for takes that are alike, and never more than takes', () => {
    expect(fittingLayers([take('a', 0), take('b', -1), take('c', -2)])).toBe(1);
    expect(fittingLayers([take('a', 0), take('b', -30)])).toBe(2);
    expect(layersOfTakes([take('a', 0)], 5).layers).toEqual([{ upTo: 127, hits: ['a'] }]);
  });

  it('have ascending borders however many are asked for of takes alike', () => {
    const alike = Array.from({ length: 8 }, (_, index) => take(`t${index}`, -index / 100));
    const borders = layersOfTakes(alike, 8).layers.map(({ upTo }) => upTo);
    expect(borders).toEqual([...borders].sort((a, b) => a - b));
    expect(new Set(borders).size).toBe(8);
    expect(borders.at(-1)).toBe(127);
  });
});

describe('shuffled pads', () => {
  const sound = (name: string, changed: Partial<ShuffleHit> = {}): ShuffleHit => ({
    id: id(name),
    role: 'ACCENT',
    instrument: 'snare',
    roleSure: 0.9,
    instrumentSure: 0.9,
    sound: null,
    ...changed,
  });
  const kit = (pads: readonly Pad[]): Kit => ({
    id: 'k',
    name: 'K',
    sampleRate: 48_000,
    pads: [...pads],
    shapes: {},
  });
  const many = Array.from({ length: 40 }, (_, index) => sound(`s${index}`));

  it('draw the same by the same seed, others by another, and spare what is locked', () => {
    const pads = kit([pad(), pad({ id: 'other' }), pad({ id: 'locked', locked: true })]);
    const one = shuffledPads(pads, many, 7);
    expect(shuffledPads(pads, many.toReversed(), 7).size).toBe(2);
    expect([...one]).toEqual([...shuffledPads(pads, many, 7)]);
    expect([...one]).not.toEqual([...shuffledPads(pads, many, 8)]);
    expect(one.has('locked')).toBe(false);
    expect(new Set(one.values()).size).toBe(2);
  });

  it('take only what is of the pad’s instrument, and leave a pad alone that nothing fits', () => {
    const pads = kit([pad(), pad({ id: 'kick', instrument: 'kick', role: 'CORE' })]);
    expect([...shuffledPads(pads, many, 1).keys()]).toEqual(['snare']);
  });

  it('like sure hits and those that sound like what was there', () => {
    const hits = [
      sound('a', { sound: [0, 0] }),
      sound('near', { sound: [0.2, 0.1] }),
      sound('far', { sound: [3, 3] }),
      sound('unsure', { sound: [0.2, 0.1], instrumentSure: 0.05 }),
    ];
    const drawn = Array.from({ length: 400 }, (_, seed) =>
      shuffledPads(kit([pad()]), hits, seed).get('snare'),
    );
    const count = (name: string): number => drawn.filter(hit => hit === name).length;
    expect(count('a')).toBe(0);
    expect(count('near')).toBeGreaterThan(300);
    expect(count('near')).toBeGreaterThan(5 * count('unsure'));
    expect(count('far')).toBeLessThan(30);
  });
});
