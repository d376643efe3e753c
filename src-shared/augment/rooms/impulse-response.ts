import { HalfSizeRealFft } from '../../dsp';
import { clamp } from '../../units';
import type { Impulse } from '../augmentation';
import { withoutSilence } from '../linear';
import { alikeIn, type Arrival, arrivalsOf, LEAD_FRAMES, octavesIn } from './arrivals';
import { fieldPaths, imagesOf } from './images';
import { LateField } from './late-field';
import { OctaveDecay } from './octave-decay';
import { OCTAVES } from './octaves';
import { distanceOf, type Room, SPEED_OF_SOUND } from './room';

/** Arrivals one by one until the room has mixed them: sqrt(V) ms (Polack 1993), within these bounds. */
const SHORTEST_MIXING = 0.012;
const LONGEST_MIXING = 0.06;
/** Over which arrivals give way to the noise of the late field. */
const JOIN_SECONDS = 0.006;
/** Silence behind the response, into which octaves ring. */
const MARGIN_SECONDS = 0.1;

/**
 * Octaves share their edges, and a short noise decays by chance a little faster or slower: what is heard is measured and made good, and a
 * noise that bends, or does not come near in a few rounds, gives way to another. Half the rooms need three rounds; where all are in vain
 * the best one counts.
 */
const ROUNDS = 40;
const ROUNDS_OF_A_NOISE = 3;
/** Of T30, at first; twice as much in the end. Other octave filters differ by as much again. */
const CLOSE_ENOUGH = 0.03;
/** Of T20, at first; five times in the end. A decay that is no straight line is another one for everyone who measures otherwise. */
const STRAIGHT_ENOUGH = 0.06;
/** An octave that falls much faster than its neighbours is drowned by them before it is measured as fast. */
const MOST_CORRECTED = 1.25;
const ALL_OCTAVES: readonly number[] = [...OCTAVES.keys()];

/** Of the longest reverberation: 50 dB, which T30 needs of its octave however far above it the direct sound is. */
const SHARE_KEPT = 5 / 6;

/** Where the decay is taken to begin, seconds after the direct sound. */
const DECAY_FROM = 0.015;

/**
 * The response of a room, the direct sound being 1 at frame `lead`. Arrivals before the mixing time come from image sources, later
 * ones are noise; both fall at the octaves' own rates along their path, so that the reverberation time is what was asked for, and the
 * noise has the energy that the images would have had: 4 pi c / V a second, times the pattern's share of a diffuse field.
 */
export function roomImpulse(room: Room, sampleRate: number): Impulse {
  const heard = room.kind === 'field' ? fieldResponse(room, sampleRate) : boxResponse(room, sampleRate);
  const response = new Float32Array(heard.length);
  for (let frame = 0; frame < heard.length; frame++) response[frame] = room.wet * heard[frame]!;
  // The direct sound is whole whatever share of the room is heard.
  response[LEAD_FRAMES]! += 1 - room.wet;
  const told = room.kind === 'field' ? 0 : Math.max(...room.rt60) * SHARE_KEPT;
  return withoutSilence({ response, lead: LEAD_FRAMES }, LEAD_FRAMES + Math.ceil(told * sampleRate));
}

function fieldResponse(room: Room, sampleRate: number): Float64Array {
  const arrivals = arrivalsOf(fieldPaths(room), distanceOf(room.source, room.microphone));
  const last = arrivals.at(-1)?.after ?? 0;
  return alikeIn(arrivals, Math.ceil(last * sampleRate) + 2 * LEAD_FRAMES, sampleRate);
}

function boxResponse(room: Room, sampleRate: number): Float64Array {
  const direct = distanceOf(room.source, room.microphone);
  const volume = room.size[0] * room.size[1] * room.size[2];
  const mixing = Math.min(LONGEST_MIXING, Math.max(SHORTEST_MIXING, Math.sqrt(volume) / 1000));
  const paths = imagesOf(room, direct / SPEED_OF_SOUND + mixing + JOIN_SECONDS);
  const early = octavesIn(givingWay(arrivalsOf(paths, direct), mixing), room.rt60, sampleRate);

  const seconds = Math.max(mixing + JOIN_SECONDS, ...room.rt60);
  const frames = Math.max(early.length, LEAD_FRAMES + Math.ceil(seconds * sampleRate));
  const size = 2 ** Math.ceil(Math.log2(frames + MARGIN_SECONDS * sampleRate));
  const late = new LateField(room, size, sampleRate, direct * noiseGain(room, volume, sampleRate), after =>
    Math.sqrt(1 - arrivalShare(after, mixing) ** 2),
  );
  const fft = new HalfSizeRealFft(size);
  const spectrum = new Float64Array(2 * fft.binCount);
  const response = new Float64Array(size);
  response.set(early);
  fft.forward(response, spectrum);
  decayAsAsked(spectrum, late, room.rt60, new OctaveDecay(size, frames, sampleRate), sampleRate);
  fft.inverse(spectrum, response);
  return response.subarray(0, frames);
}

/** Adds `late` to the spectrum of what came before, its octaves corrected until the whole decays as `rt60` says. */
function decayAsAsked(
  spectrum: Float64Array,
  late: LateField,
  rt60: readonly number[],
  decay: OctaveDecay,
  sampleRate: number,
): void {
  const from = LEAD_FRAMES / sampleRate + DECAY_FROM;
  const rates = [...rt60];
  const turns = rt60.map(() => 0);
  for (const [octave, seconds] of rt60.entries()) late.addTo(spectrum, octave, seconds, seconds, 1);
  const off = rt60.map(() => Infinity);
  const best = new Float64Array(spectrum.length);
  let least = Infinity;
  let open = ALL_OCTAVES;
  for (let round = 0; round < ROUNDS && open.length > 0; round++) {
    const measured = open.map(octave => decay.measure(spectrum, octave, from));
    const changed: number[] = [];
    const patience = round / ROUNDS;
    for (const [index, octave] of open.entries()) {
      const asked = rt60[octave] ?? 1;
      off[octave] = Math.abs((measured[index]?.t30 ?? asked) / asked - 1);
    }
    const worst = Math.max(...off);
    if (worst < least) {
      least = worst;
      best.set(spectrum);
    }
    for (const [index, octave] of open.entries()) {
      const asked = rt60[octave] ?? 1;
      const { t20, t30 } = measured[index] ?? { t20: asked, t30: asked };
      const isClose = (off[octave] ?? 0) < (1 + patience) * CLOSE_ENOUGH;
      if (isClose && Math.abs(t20 / asked - 1) < (1 + 4 * patience) * STRAIGHT_ENOUGH) continue;
      const before = rates[octave] ?? asked;
      late.addTo(spectrum, octave, before, asked, -1);
      if (isClose || (turns[octave] ?? 0) >= ROUNDS_OF_A_NOISE) {
        late.redraw(octave);
        turns[octave] = 0;
        rates[octave] = asked;
      } else {
        turns[octave] = (turns[octave] ?? 0) + 1;
        rates[octave] = clamp((before * asked) / t30, asked / MOST_CORRECTED, asked * MOST_CORRECTED);
      }
      late.addTo(spectrum, octave, rates[octave] ?? asked, asked, 1);
      changed.push(octave);
    }
    // What an octave changes its neighbours hear.
    open = ALL_OCTAVES.filter(octave => changed.some(other => Math.abs(other - octave) <= 1));
  }
  if (open.length > 0) spectrum.set(best);
}

/** Arrivals that fall to nothing after the mixing time; their power and the noise's sum to 1. */
const givingWay = (arrivals: readonly Arrival[], mixing: number): Arrival[] =>
  arrivals
    .map(({ after, gain }) => ({ after, gain: gain * arrivalShare(after, mixing) }))
    .filter(({ gain }) => gain !== 0);

const arrivalShare = (after: number, mixing: number): number =>
  Math.cos((Math.PI / 2) * Math.min(1, Math.max(0, (after - mixing) / JOIN_SECONDS)));

/** Amplitude a frame of a diffuse field at a metre's reference: images are 4 pi c r^2 / V a second, each 1 / r strong. */
function noiseGain({ omni }: Room, volume: number, sampleRate: number): number {
  const diffuse = omni ** 2 + (1 - omni) ** 2 / 3;
  return Math.sqrt((diffuse * 4 * Math.PI * SPEED_OF_SOUND) / (volume * sampleRate));
}
