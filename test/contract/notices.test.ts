import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALLOWED_LICENCES, noticesText, shipped } from '../../scripts/notices/collect.mjs';

const ROOT = '.';

/** "MIT OR Apache-2.0" leaves the choice; "A AND B" binds to both. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(one => ALLOWED_LICENCES.includes(one)));

describe('the third-party notices', () => {
  it('are those of what the build holds: run "npm run build && node scripts/notices.mjs" when this fails', () => {
    expect(readFileSync('THIRD-PARTY-NOTICES', 'utf8')).toBe(noticesText(ROOT));
  });

  it('name only licences that a product under the MIT licence may ship', () => {
    expect(shipped(ROOT).filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it('give a text and a source for everything', () => {
    expect(
      shipped(ROOT).filter(({ text, source }) => text.length < 60 || !source.startsWith('http')),
    ).toEqual([]);
  });

  it('tell what is compiled into the decoders, the encoder and the database', () => {
    const names = shipped(ROOT).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'SQLite (inside better-sqlite3)',
        'libmpg123 (inside mpg123-decoder)',
        'libFLAC (inside @wasm-audio-decoders/flac)',
        'libvorbis (inside @wasm-audio-decoders/ogg-vorbis)',
        'libopus (inside ogg-opus-decoder)',
        'LAME (inside wasm-media-encoders)',
        'FluidSynth (inside js-synthesizer)',
        'Signalsmith Stretch and its DSP library (inside signalsmith-stretch)',
      ]),
    );
  });
});
