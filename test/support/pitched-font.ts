import { layOutSf2Bank, sf2Range } from '#shared/kit-formats';

const RATE = 44_100;

/** A font that lies: preset 128:0 is called a drum kit, but its key 38 is a string of eight partials that rings. */
export function pitchedFont(): Uint8Array {
  const samples = Float32Array.from({ length: 2 * RATE }, (_, frame) => {
    let value = 0;
    for (let partial = 1; partial <= 8; partial++)
      value += Math.sin((2 * Math.PI * 146.8 * partial * frame) / RATE) / partial ** 1.5;
    return 0.3 * value * Math.exp(-frame / RATE) * Math.min(1, frame / 100);
  });
  const slot = { sound: 'string', channel: 0, lead: 96, frames: samples.length, rest: 46 };
  const { head, tail } = layOutSf2Bank(
    {
      name: 'Strings',
      author: null,
      licence: null,
      comment: 'Of a test',
      programs: [{ name: 'Drums, they say', program: 0, keys: [{ key: 38, instrument: 0 }] }],
      instruments: [
        {
          name: 'String',
          zones: [
            {
              generators: [
                [44, sf2Range(0, 127)],
                [58, 38],
                [53, 0],
              ],
              modulators: [],
            },
          ],
        },
      ],
    },
    [slot],
    new Map([['string', { name: 'string', frames: samples.length, channelCount: 1, sampleRate: RATE }]]),
    false,
  );
  const words = Buffer.alloc(2 * (96 + samples.length + 46));
  samples.forEach((value, frame) => words.writeInt16LE(Math.round(value * 32_767), 2 * (96 + frame)));
  return Buffer.concat([head, words, tail]);
}
