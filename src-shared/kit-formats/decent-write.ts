import { chokeNumbers, decimal, type KitDocument, type KitPad, softestOf } from './document';
import { xmlText } from './xml';

/** Seconds that a sound rings on after its key is let go: DecentSampler knows no one-shots, so longer than any. */
const RELEASE_SECONDS = 60;

const ORDERS = { cycle: 'round_robin', random: 'random', first: 'always' } as const;

/**
 * A kit as a DecentSampler preset; its samples lie in `Samples`.
 * @see https://decentsampler-developers-guide.readthedocs.io
 */
export function writeDspreset(document: KitDocument, fileOf: (sound: string) => string): string {
  const chokes = chokeNumbers(document);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${xmlText(document.name).replaceAll('--', '- -')}, made with Backbeat. Where every sound is from: LICENSES.json -->`,
    '<DecentSampler minVersion="1.6.0">',
    `  <groups attack="0" decay="0" sustain="1" release="${RELEASE_SECONDS}" ampVelTrack="1" loopEnabled="false">`,
    ...document.pads.map(pad => groupOf(pad, chokes, fileOf)),
    '  </groups>',
    '</DecentSampler>',
  ].join('\n')}\n`;
}

function groupOf(
  pad: KitPad,
  chokes: ReadonlyMap<string, number>,
  fileOf: (sound: string) => string,
): string {
  const tag = pad.choke === null ? null : `choke${chokes.get(pad.choke) ?? 0}`;
  const attributes = [
    `name="${xmlText(pad.name)}"`,
    `seqMode="${pad.layers.some(({ takes }) => takes.length > 1) ? ORDERS[pad.order] : 'always'}"`,
    `pan="${decimal(pad.pan * 100)}"`,
    ...(tag === null ? [] : [`tags="${tag}" silencedByTags="${tag}" silencingMode="fast"`]),
  ];
  const samples = pad.layers.flatMap(({ upTo, takes }, index) =>
    takes.map(({ sound, gainDecibels, semitones }, turn) =>
      [
        `      <sample path="${xmlText(`Samples/${fileOf(sound)}`)}"`,
        `rootNote="${pad.note}" loNote="${pad.note}" hiNote="${pad.note}"`,
        `loVel="${index === 0 ? 0 : softestOf(pad, index)}" hiVel="${upTo}"`,
        ...(takes.length > 1 ? [`seqPosition="${turn + 1}" seqLength="${takes.length}"`] : []),
        `volume="${decimal(pad.gainDecibels + gainDecibels)}dB"`,
        `tuning="${decimal(pad.semitones + semitones)}"/>`,
      ].join(' '),
    ),
  );
  return [`    <group ${attributes.join(' ')}>`, ...samples, '    </group>'].join('\n');
}
