import { fail, ok, type Result } from '../base';
import type { TakeOrder } from '../model';
import type { FormatFault, KitLayer, KitPad, KitTake, ReadKit } from './document';
import { childrenOf, type Element, numberIn, parseXml, textOf } from './xml';

/** Notes of instruments that say none: Hydrogen counts from the kick of General MIDI. */
const FIRST_NOTE = 36;

const ORDERS: Readonly<Record<string, TakeOrder>> = { ROUND_ROBIN: 'cycle', RANDOM: 'random' };

/** Names that Hydrogen writes where nobody said anything. */
const UNSAID = /^(undefined (license|author|info)|-|unknown)$/i;

/** The kit of a `drumkit.xml`, of Hydrogen 0.9.0 to 1.2: layers in components, in the instrument itself, or a single file. */
export function readDrumkit(text: string, fallbackName: string): Result<ReadKit, FormatFault> {
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  if (root.name !== 'drumkit_info')
    return fail({ problems: [`it begins with <${root.name}>, not with <drumkit_info>`] });
  const [list] = childrenOf(root, 'instrumentList');
  const remarks: string[] = [];
  const pads = (list ? childrenOf(list, 'instrument') : []).flatMap((instrument, index) => {
    const pad = padOf(instrument, index, remarks);
    return pad ? [pad] : [];
  });
  if (pads.length === 0) return fail({ problems: ['none of its instruments has a sound'] });
  return ok({
    document: {
      name: textOf(root, 'name') ?? fallbackName,
      author: said(textOf(root, 'author')),
      licence: said(textOf(root, 'license')),
      pads,
    },
    remarks,
  });
}

const said = (text: string | null): string | null => (text === null || UNSAID.test(text) ? null : text);

interface FileLayer {
  readonly take: KitTake;
  readonly low: number;
  readonly high: number;
}

function padOf(instrument: Element, index: number, remarks: string[]): KitPad | null {
  const name = textOf(instrument, 'name') ?? `Instrument ${index + 1}`;
  const component = componentOf(instrument, name, remarks);
  if (!component) return null;
  const algorithm = textOf(instrument, 'sampleSelectionAlgo') ?? 'VELOCITY';
  const order = ORDERS[algorithm] ?? 'cycle';
  const layers = layersOf(component.layers, algorithm in ORDERS, name, remarks);
  if (layers.length === 0) return null;
  const gain =
    numberIn(textOf(instrument, 'volume'), 1) * numberIn(textOf(instrument, 'gain'), 1) * component.gain;
  const group = numberIn(textOf(instrument, 'muteGroup'), -1);
  if (textOf(instrument, 'filterActive') === 'true') remarks.push(`${name} has a filter, which is left out.`);
  if (numberIn(textOf(instrument, 'randomPitchFactor'), 0) > 0)
    remarks.push(`${name} is played at random pitches in Hydrogen, here at one.`);
  return {
    name,
    note: noteOf(instrument, index),
    instrument: null,
    role: null,
    gainDecibels: decibels(gain),
    pan: panOf(instrument),
    choke: group >= 0 ? String(group) : null,
    semitones: numberIn(textOf(instrument, 'pitchOffset'), 0),
    velocityCurve: 1,
    order,
    layers,
  };
}

/** Layers of the first component that has any; of older kits, of the instrument itself. */
function componentOf(
  instrument: Element,
  name: string,
  remarks: string[],
): { readonly layers: readonly FileLayer[]; readonly gain: number } | null {
  const components = childrenOf(instrument, 'instrumentComponent')
    .map(component => ({
      gain: numberIn(textOf(component, 'gain'), 1),
      layers: childrenOf(component, 'layer').flatMap(layerOf),
    }))
    .filter(({ layers }) => layers.length > 0);
  if (components.length > 1)
    remarks.push(`${name} sounds ${components.length} components at once; here the first alone.`);
  const own = childrenOf(instrument, 'layer').flatMap(layerOf);
  const single = layerOf(instrument);
  return components[0] ?? (own.length > 0 ? { layers: own, gain: 1 } : singleOf(single));
}

const singleOf = (layers: readonly FileLayer[]) => (layers.length > 0 ? { layers, gain: 1 } : null);

function layerOf(element: Element): FileLayer[] {
  const sound = textOf(element, 'filename');
  if (sound === null) return [];
  const isLayer = element.name === 'layer';
  return [
    {
      take: {
        sound: sound.replaceAll('\\', '/'),
        gainDecibels: isLayer ? decibels(numberIn(textOf(element, 'gain'), 1)) : 0,
        semitones: isLayer ? numberIn(textOf(element, 'pitch'), 0) : 0,
      },
      low: isLayer ? numberIn(textOf(element, 'min'), 0) : 0,
      high: isLayer ? numberIn(textOf(element, 'max'), 1) : 1,
    },
  ];
}

/** Layers of one range are takes where the instrument takes turns; else the first of them wins, as in Hydrogen. */
function layersOf(
  found: readonly FileLayer[],
  takesTurns: boolean,
  name: string,
  remarks: string[],
): readonly KitLayer[] {
  const layers: { low: number; high: number; readonly takes: KitTake[] }[] = [];
  const sorted = found
    .map(layer => ({ ...layer, high: Math.floor(layer.high * 127 + 1e-3), low: layer.low }))
    .filter(({ high }) => high >= 1)
    .sort((a, b) => a.high - b.high || a.low - b.low);
  let hidden = 0;
  for (const { low, high, take } of sorted) {
    const same = layers.find(layer => layer.high === high);
    if (!same) layers.push({ low, high, takes: [take] });
    else if (takesTurns) same.takes.push(take);
    else hidden++;
  }
  if (hidden > 0)
    remarks.push(
      `${hidden} layer${hidden === 1 ? '' : 's'} of ${name} never sound${hidden === 1 ? 's' : ''}: others cover ${hidden === 1 ? 'it' : 'them'}.`,
    );
  return layers.map(({ high, takes }, index) => ({
    upTo: index === layers.length - 1 ? 127 : high,
    takes,
  }));
}

const decibels = (gain: number): number => {
  const level = 20 * Math.log10(Math.max(0.001, gain));
  return Math.abs(level) < 1e-7 ? 0 : level;
};

function noteOf(instrument: Element, index: number): number {
  const note = numberIn(textOf(instrument, 'midiOutNote'), FIRST_NOTE + index);
  return Math.min(127, Math.max(0, Math.round(note)));
}

/** One number, or the levels of both sides in older kits, whose louder one is the loudness and whose quotient the place. */
function panOf(instrument: Element): number {
  const pan = textOf(instrument, 'pan');
  if (pan !== null) return Math.min(1, Math.max(-1, numberIn(pan, 0)));
  const [left, right] = [
    Math.max(0, numberIn(textOf(instrument, 'pan_L'), 1)),
    Math.max(0, numberIn(textOf(instrument, 'pan_R'), 1)),
  ];
  if (left === right) return 0;
  return left > right ? right / left - 1 : 1 - left / right;
}
