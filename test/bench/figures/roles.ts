import { atLeast, type Section, table } from './section';

const JUDGES = { rules: 'rules alone', ear: 'audio-text model alone', both: 'both' } as const;

interface Part {
  readonly head: readonly string[];
  readonly recalls: ReadonlyMap<string, string>;
}

/** What the bench prints of one judge: balanced accuracies, and recall by class with how many there are. */
function partOf(text: string, judge: string): Part {
  const start = text.search(new RegExp(`^${judge}: `, 'm'));
  const [body = ''] = text.slice(Math.max(0, start)).split('\n\n');
  const head = ['roles', '14 instruments', '12 classes'].map(
    name => new RegExp(`${name} ([\\d.]+)`).exec(body)?.[1] ?? 'NaN',
  );
  const recalls = [...body.matchAll(/^(\S+) +n=(\d+) +recall ([\d.]+)/gm)].map(
    ([, name = '', count = '', recall = '']) => [`${name} (${count})`, recall] as const,
  );
  return { head, recalls: new Map(recalls) };
}

function tables(text: string): { readonly text: string; readonly both: Part } {
  const parts = Object.keys(JUDGES).map(judge => partOf(text, judge));
  const [first] = parts;
  const rows = [
    ...['roles, balanced', '14 instruments, balanced', '12 classes, balanced'].map((name, at) => [
      `**${name}**`,
      ...parts.map(({ head }) => head[at] ?? ''),
    ]),
    ...[...(first?.recalls.keys() ?? [])].map(name => [
      name,
      ...parts.map(({ recalls }) => recalls.get(name) ?? ''),
    ]),
  ];
  const both = parts.at(-1) ?? partOf('', '');
  return { text: table(['recall by class (hits)', ...Object.values(JUDGES)], rows), both };
}

export const roles: Section = {
  title: 'Roles and instruments',
  command: 'npm run bench -- roles; BACKBEAT_DATA=... npm run bench -- roles slices',
  measure({ bench }) {
    const kits = tables(bench('roles'));
    const slices = tables(bench('roles', 'slices'));
    return {
      text: [
        'On kits that the audio-text model never heard in training, and by which nothing was chosen: one-shots rendered from TimGM6mb (seven drum kits at three velocities, pads, percussion; the weights of the rules for instruments were once fitted to three General MIDI soundfonts, it among them) and the samples of three Hydrogen kits (The Black Pearl, HardElectro1, Gimme A Hand). Percussion and effects have no role here: it would be a matter of taste. Twelve classes: pedal hats count as closed ones, middle toms are left out. Balanced: mean recall of the classes with at least five hits.',
        kits.text,
        'On slices that Backbeat cuts from the six development tracks where the annotation knows one instrument alone, with what the hit finder heard in the recording (which the audio-text model alone does not know).',
        slices.text,
      ].join('\n\n'),
      gates: [
        atLeast('roles: balanced accuracy on unseen kits', Number(kits.both.head[0]), 0.85, 3),
        atLeast(
          'roles: balanced accuracy on slices of the development tracks',
          Number(slices.both.head[0]),
          0.85,
          3,
        ),
      ],
    };
  },
};
