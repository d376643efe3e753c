import { expect, test } from 'vitest';
import { ANY_SOUND, hasThirds, thirdOf } from '../../../src-shared/search/thirds';
import thresholds from '../../../native-models/training/drum-clap/thresholds.json' with { type: 'json' };
import thirds from '../../../assets/config/measure-thirds.json' with { type: 'json' };

test('words for qualities mean to the search what the captions of the ear’s training meant', () => {
  expect(thirds).toEqual(thresholds);
});

test('what has no usual values of its own is judged as any sound is', () => {
  expect(hasThirds('djembe')).toBe(false);
  expect(thirdOf('djembe', 'length')).toEqual(thirdOf(ANY_SOUND, 'length'));
  expect(thirdOf('kick', 'brightness').high).toBeLessThan(thirdOf('crash', 'brightness').low);
});
