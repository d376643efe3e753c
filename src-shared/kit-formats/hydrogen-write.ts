import { chokeNumbers, decimal, type KitDocument, type KitPad, softestOf } from './document';
import { HYDROGEN_SOUNDS, thinned } from './losses';
import { xmlText } from './xml';

/** Frames in which a sound that is choked falls silent: 8 ms at Hydrogen's usual 44.1 kHz. */
const RELEASE_FRAMES = 353;

const ORDERS = { cycle: 'ROUND_ROBIN', random: 'RANDOM', first: 'VELOCITY' } as const;

/**
 * `drumkit.xml` of a kit, as Hydrogen 0.9.7 and all after it read it: pan as two levels, pitch in the layers. What an older one does not know
 * (components' numbers, the choice of takes) it passes over.
 * @see drumkit.xsd of Hydrogen 1.2
 */
export function writeDrumkit(document: KitDocument, fileOf: (sound: string) => string): string {
  const groups = chokeNumbers(document);
  const instruments = document.pads.map((pad, index) =>
    instrument(thinned(pad, HYDROGEN_SOUNDS), index, groups, fileOf),
  );
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<drumkit_info xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.hydrogen-music.org/drumkit">',
    ` <name>${xmlText(document.name)}</name>`,
    ` <author>${xmlText(document.author ?? '')}</author>`,
    ' <info>Made with Backbeat. Where every sound is from: LICENSES.json</info>',
    ` <license>${xmlText(document.licence ?? 'undefined license')}</license>`,
    ' <image></image>',
    ' <imageLicense>undefined license</imageLicense>',
    ' <componentList>',
    '  <drumkitComponent>',
    '   <id>0</id>',
    '   <name>Main</name>',
    '   <volume>1</volume>',
    '  </drumkitComponent>',
    ' </componentList>',
    ' <instrumentList>',
    ...instruments,
    ' </instrumentList>',
    '</drumkit_info>',
  ].join('\n')}\n`;
}

const gainOf = (decibels: number): number => 10 ** (decibels / 20);

function instrument(
  pad: KitPad,
  index: number,
  groups: ReadonlyMap<string, number>,
  fileOf: (sound: string) => string,
): string {
  const group = pad.choke === null ? -1 : (groups.get(pad.choke) ?? 0) - 1;
  const several = pad.layers.some(({ takes }) => takes.length > 1);
  const lines: readonly (readonly [string, string | number])[] = [
    ['id', index],
    ['name', xmlText(pad.name)],
    ['volume', 1],
    ['isMuted', 'false'],
    ['isSoloed', 'false'],
    ['pan_L', decimal(Math.min(1, 1 - pad.pan))],
    ['pan_R', decimal(Math.min(1, 1 + pad.pan))],
    ['pitchOffset', 0],
    ['randomPitchFactor', 0],
    ['gain', exact(gainOf(pad.gainDecibels))],
    ['applyVelocity', 'true'],
    ['filterActive', 'false'],
    ['filterCutoff', 1],
    ['filterResonance', 0],
    ['Attack', 0],
    ['Decay', 0],
    ['Sustain', 1],
    ['Release', RELEASE_FRAMES],
    ['muteGroup', group],
    ['midiOutChannel', -1],
    ['midiOutNote', pad.note],
    ['isStopNote', 'false'],
    ['sampleSelectionAlgo', several ? ORDERS[pad.order] : 'VELOCITY'],
    ['isHihat', -1],
    ['lower_cc', 0],
    ['higher_cc', 127],
    ['FX1Level', 0],
    ['FX2Level', 0],
    ['FX3Level', 0],
    ['FX4Level', 0],
  ];
  const layers = pad.layers.flatMap((layer, at) =>
    layer.takes.map(({ sound, gainDecibels, semitones }) =>
      [
        '    <layer>',
        `     <filename>${xmlText(fileOf(sound))}</filename>`,
        // Between two velocities, so that each is in one layer whatever a player rounds.
        `     <min>${at === 0 ? '0' : edge(softestOf(pad, at) - 0.5)}</min>`,
        `     <max>${layer.upTo === 127 ? '1' : edge(layer.upTo + 0.5)}</max>`,
        `     <gain>${exact(gainOf(gainDecibels))}</gain>`,
        `     <pitch>${decimal(pad.semitones + semitones)}</pitch>`,
        '    </layer>',
      ].join('\n'),
    ),
  );
  return [
    '  <instrument>',
    ...lines.map(([name, value]) => `   <${name}>${value}</${name}>`),
    '   <instrumentComponent>',
    '    <component_id>0</component_id>',
    '    <gain>1</gain>',
    ...layers,
    '   </instrumentComponent>',
    '  </instrument>',
  ].join('\n');
}

const edge = (velocity: number): string => decimal(velocity / 127);

/** A factor without an exponent, which the schema's decimals do not know. */
const exact = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');
