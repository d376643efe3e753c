import { type KitDocument, type KitPad, chokeNumbers, decimal, softestOf } from './document';

/** Velocities at which a curve other than the plain one is written; players draw straight lines between. */
const CURVE_POINTS = [1, 4, 8, 12, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 127] as const;

/** Seconds in which a choked or released sound falls silent. */
const RELEASE = 0.008;

/**
 * A kit as SFZ. Opcodes of SFZ 1 wherever they do, `seq_*`, `*rand` and `group_label` of version 2 and ARIA where they must.
 * @see https://sfzformat.com
 */
export function writeSfz(document: KitDocument, fileOf: (sound: string) => string): string {
  const groups = chokeNumbers(document);
  const head = [
    `// ${comment(document.name)}`,
    ...(document.author === null ? [] : [`// Author: ${comment(document.author)}`]),
    ...(document.licence === null ? [] : [`// Licence: ${comment(document.licence)}`]),
    '// Made with Backbeat. Where every sound is from: LICENSES.json',
    '',
    '<control>',
    'default_path=Samples/',
    '',
    '<global>',
    `loop_mode=one_shot ampeg_release=${decimal(RELEASE)} amp_veltrack=100`,
  ];
  const pads = document.pads.map(pad => padText(pad, groups, fileOf));
  return `${[...head, ...pads].join('\n')}\n`;
}

function padText(
  pad: KitPad,
  groups: ReadonlyMap<string, number>,
  fileOf: (sound: string) => string,
): string {
  const choke = pad.choke === null ? undefined : groups.get(pad.choke);
  const group = [
    `group_label=${comment(pad.name)}`,
    `key=${pad.note}`,
    ...(pad.pan === 0 ? [] : [`pan=${decimal(pad.pan * 100)}`]),
    ...(choke === undefined ? [] : [`group=${choke} off_by=${choke} off_mode=fast`]),
    ...curveOf(pad.velocityCurve),
  ];
  const regions = pad.layers.flatMap(({ upTo, takes }, index) =>
    takes.map(({ sound, gainDecibels, semitones }, turn) =>
      [
        '<region>',
        ...velocities(softestOf(pad, index), upTo),
        ...turnOf(pad, turn, takes.length),
        ...level(pad.gainDecibels + gainDecibels),
        ...tuning(pad.semitones + semitones),
        // Last, because a name may hold spaces.
        `sample=${fileOf(sound)}`,
      ].join(' '),
    ),
  );
  return ['', '<group>', ...group, ...regions].join('\n');
}

const velocities = (low: number, high: number): string[] => [
  ...(low > 1 ? [`lovel=${low}`] : []),
  ...(high < 127 ? [`hivel=${high}`] : []),
];

function turnOf({ order }: KitPad, turn: number, count: number): string[] {
  if (count === 1) return [];
  if (order === 'random') return [`lorand=${decimal(turn / count)} hirand=${decimal((turn + 1) / count)}`];
  return [`seq_length=${count} seq_position=${turn + 1}`];
}

const level = (decibels: number): string[] => (decibels === 0 ? [] : [`volume=${decimal(decibels)}`]);

function tuning(semitones: number): string[] {
  const whole = Math.round(semitones);
  const cents = (semitones - whole) * 100;
  return [
    ...(whole === 0 ? [] : [`transpose=${whole}`]),
    ...(Math.abs(cents) < 1e-6 ? [] : [`tune=${decimal(cents)}`]),
  ];
}

const curveOf = (exponent: number): string[] =>
  exponent === 1
    ? []
    : CURVE_POINTS.map(
        velocity => `amp_velcurve_${velocity}=${((velocity / 127) ** (2 * exponent)).toFixed(9)}`,
      );

/** Text of the user's in one line of a file. */
const comment = (text: string): string => text.replace(/[\r\n<>=]+/g, ' ').trim();
