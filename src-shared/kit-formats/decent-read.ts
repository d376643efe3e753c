import { fail, ok, type Result } from '../base';
import type { FormatFault, ReadKit } from './document';
import { spanKey } from './sfz-read';
import { childrenOf, type Element, numberIn, parseXml } from './xml';
import { padsOfZones, type Zone } from './zones';

/** Attributes of a sample, its group and all groups together, the nearest first. */
type Attributes = Readonly<Record<string, string>>;

/** The kit of a `.dspreset`. */
export function readDspreset(text: string, name: string): Result<ReadKit, FormatFault> {
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  if (root.name !== 'DecentSampler')
    return fail({ problems: [`it begins with <${root.name}>, not with <DecentSampler>`] });
  const silencing = new Set(silencingIn(root));
  const zones: Zone[] = [];
  let left = 0;
  for (const groups of childrenOf(root, 'groups'))
    for (const group of childrenOf(groups, 'group'))
      for (const sample of childrenOf(group, 'sample')) {
        const zone = zoneOf(groups, group, sample, silencing);
        if (zone) zones.push(zone);
        else left++;
      }
  if (zones.length === 0) return fail({ problems: ['it has no sample that a stroke plays'] });
  const { pads, remarks } = padsOfZones(zones);
  const effects = childrenOf(root, 'effects').some(({ children }) => children.length > 0);
  return ok({
    document: { name, author: null, licence: null, pads },
    remarks: [
      ...remarks,
      ...(left > 0 ? [`${left} sample${left === 1 ? '' : 's'} left out: no stroke plays them.`] : []),
      ...(effects ? ['Its effects are left out.'] : []),
    ],
  });
}

function zoneOf(
  groups: Element,
  group: Element,
  sample: Element,
  silencing: ReadonlySet<string>,
): Zone | null {
  const own: Attributes = { ...groups.attributes, ...group.attributes, ...sample.attributes };
  const path = sample.attributes['path'];
  const trigger = own['trigger'] ?? 'attack';
  if (!path || (trigger !== 'attack' && trigger !== 'first') || own['enabled'] === 'false') return null;
  const root = numberIn(own['rootNote'], 60);
  const low = numberIn(own['loNote'], 0);
  const high = numberIn(own['hiNote'], 127);
  const mode = own['seqMode'] ?? 'always';
  const takesTurns = mode !== 'always';
  const [end, length] = [numberIn(own['end'], -1), numberIn(own['start'], 0)];
  return {
    sound: spanKey({ path: path.replaceAll('\\', '/'), from: length, to: end > length ? end : null }),
    name: group.attributes['name'] ?? null,
    lowNote: low,
    highNote: high,
    root,
    keytrack: numberIn(own['pitchKeyTrack'], 1),
    low: Math.max(1, numberIn(own['loVel'], 0)),
    high: Math.min(127, numberIn(own['hiVel'], 127)),
    pad: group.attributes['name'] ?? null,
    turn: takesTurns ? numberIn(own['seqPosition'], 1) : null,
    turns: numberIn(own['seqLength'], 0),
    order: mode.includes('random') ? 'random' : 'cycle',
    // Volumes and tunings add up over the levels; all else is overridden by the nearest.
    gainDecibels: sum([groups, group, sample], element => decibelsOf(element.attributes['volume'])),
    pan: Math.min(1, Math.max(-1, numberIn(own['pan'], 0) / 100)),
    choke: chokeOf(own, silencing),
    semitones:
      sum([groups, group], element => numberIn(element.attributes['groupTuning'], 0)) +
      numberIn(own['tuning'], 0),
    velocityCurve: Math.min(4, Math.max(0.25, numberIn(own['ampVelTrack'], 1))),
  };
}

const sum = (elements: readonly Element[], of: (element: Element) => number): number =>
  elements.reduce((total, element) => total + of(element), 0);

/** "-3dB", or a factor. */
function decibelsOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const value = numberIn(text, /db/i.test(text) ? 0 : 1);
  return /db/i.test(text) ? value : 20 * Math.log10(Math.max(0.001, value));
}

const silencingIn = ({ attributes, children }: Element): readonly string[] => [
  ...tagsIn(attributes['silencedByTags']),
  ...children.flatMap(silencingIn),
];

const tagsIn = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').flatMap(tag => tag.trim() || []);

/** The first tag that silences it, else the one of its own that silences others. */
const chokeOf = (own: Attributes, silencing: ReadonlySet<string>): string | null =>
  tagsIn(own['silencedByTags'])[0] ?? tagsIn(own['tags']).find(tag => silencing.has(tag)) ?? null;
