import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HYDROGEN_SOUNDS,
  kitOfPreset,
  type KitDocument,
  type KitPad,
  layOutSf2,
  poolSpanOf,
  readDrumkit,
  readDspreset,
  readSf2,
  readSfz,
  type ReadKit,
  soundsOf,
  thinned,
  writeDrumkit,
  writeDspreset,
  writeSfz,
} from '#shared/kit-formats';
import type { Result } from '#shared/base';
import { anyKitDocument, farthest, soundingOf } from '#test/any-kit-document';

const SOUNDS = ['a', 'b', 'c', 'd'];
const fileOf = (sound: string): string => `Tom & ${sound} (1).wav`;

/** Keys of the files of `fileOf`, whatever folder the format puts them into, as the sounds that they are. */
const soundOf = (key: string): string => /Tom & (\w) \(1\)\.wav$/.exec(key)?.[1] ?? key;

const withSounds = (document: KitDocument, sound: (key: string) => string): KitDocument => ({
  ...document,
  pads: document.pads.map(pad => ({
    ...pad,
    layers: pad.layers.map(layer => ({
      ...layer,
      takes: layer.takes.map(take => ({ ...take, sound: sound(take.sound) })),
    })),
  })),
});

function readBack(read: Result<ReadKit, unknown>, sound = soundOf): KitDocument {
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  expect(read.value.remarks).toEqual([]);
  return withSounds(read.value.document, sound);
}

const changed = (document: KitDocument, change: (pad: KitPad) => KitPad): KitDocument => ({
  ...document,
  pads: document.pads.map(change),
});

const holds = (property: (document: KitDocument) => void): void =>
  fc.assert(fc.property(anyKitDocument(SOUNDS), property), { numRuns: 150 });

describe('a kit written and read again', () => {
  it('as SFZ answers every stroke as it did', () => {
    holds(document => {
      const read = readBack(readSfz(writeSfz(document, fileOf), 'Kit', () => null));
      expect(farthest(soundingOf(document), soundingOf(read)).by).toBeLessThan(2e-6);
      expect(read.pads.map(({ name }) => name).sort()).toEqual(document.pads.map(({ name }) => name).sort());
    });
  });

  it('as a Hydrogen drumkit answers every stroke as it did, but for the curve of velocity', () => {
    holds(document => {
      const read = readBack(readDrumkit(writeDrumkit(document, fileOf), 'Kit'));
      const held = changed(document, pad => ({ ...thinned(pad, HYDROGEN_SOUNDS), velocityCurve: 1 }));
      expect(farthest(soundingOf(held), soundingOf(read)).by).toBeLessThan(1e-5);
      expect(read.pads.map(({ name }) => name)).toEqual(document.pads.map(({ name }) => name));
      const { name, author, licence } = document;
      expect(read).toMatchObject({ name, author, licence });
    });
  });

  it('as a DecentSampler preset answers every stroke as it did, but for the curve of velocity', () => {
    holds(document => {
      const read = readBack(readDspreset(writeDspreset(document, fileOf), 'Kit'));
      const held = changed(document, pad => ({ ...pad, velocityCurve: 1 }));
      expect(farthest(soundingOf(held), soundingOf(read)).by).toBeLessThan(2e-6);
    });
  });

  it.each([1, 2])('as a SoundFont answers every stroke with its first take, in %s channels', channelCount => {
    holds(document => {
      const facts = { name: 'Tom', frames: 1000, channelCount, sampleRate: 48_000 };
      const layout = layOutSf2(document, new Map(SOUNDS.map(sound => [sound, facts])), true);
      const font = readSf2(...listsOf(layout));
      if (!font.ok) throw new Error(font.failure.problems.join());
      expect(font.value).toMatchObject({ author: document.author, licence: document.licence });
      expect(font.value.presets.map(({ bank, program }) => [bank, program])).toEqual([[128, 0]]);
      const starts = new Map<number, string>();
      let at = 0;
      for (const { sound, channel, lead, frames, rest } of layout.slots) {
        if (channel === 0) starts.set(at + lead, sound);
        at += lead + frames + rest;
      }
      const read = readBack(kitOfPreset(font.value, 0), key => {
        const { channels, sampleRate } = poolSpanOf(key);
        expect(channels.map(({ start, end }) => end - start)).toEqual(
          Array.from({ length: channelCount }, () => facts.frames),
        );
        expect(sampleRate).toBe(facts.sampleRate);
        return starts.get(channels[0]?.start ?? -1) ?? key;
      });
      const held = changed(document, pad => ({
        ...pad,
        order: 'first',
        layers: pad.layers.map(layer => ({ ...layer, takes: layer.takes.slice(0, 1) })),
      }));
      // Levels go in steps of .04 dB, pan in thousandths, pitch in cents.
      expect(farthest(soundingOf(held), soundingOf(read)).by).toBeLessThan(0.021);
    });
  });

  it('names every sound that its pads play, once', () => {
    holds(document => {
      const text = writeDrumkit(document, fileOf);
      for (const sound of soundsOf(document)) expect(text).toContain(`Tom &amp; ${sound} (1).wav`);
    });
  });
});

/** INFO and pdta of a font, without their heads; its audio is as long as its head says. */
function listsOf({
  head,
  middle,
  slots,
  tail,
  bytes,
}: ReturnType<typeof layOutSf2>): [Uint8Array, Uint8Array] {
  const view = new DataView(head.buffer, head.byteOffset);
  const frames = slots.reduce((sum, slot) => sum + slot.lead + slot.frames + slot.rest, 0);
  expect(view.getUint32(4, true) + 8).toBe(bytes);
  const wide = middle.length > 0 ? frames + (frames % 2) : 0;
  expect(head.length + frames * 2 + middle.length + wide + tail.length).toBe(bytes);
  const info = head.subarray(24, 20 + view.getUint32(16, true));
  return [info, tail.subarray(12)];
}
