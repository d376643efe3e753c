import { Random } from '../../base';
import { otherHand } from '../rudiments';
import type { Material, Slot } from './material';
import { delayByMishaps, drawMishaps, type SlotMishaps } from './mishaps';
import { buzzBounces, playedLeads, writtenLeads } from './ornaments';
import {
  type ExerciseSpec,
  LEAD_IN_MS,
  type MishapEvent,
  type PerformedStroke,
  type Performance,
  TAIL_MS,
} from './performance';
import { strokeTypeOf } from './slot-type';
import { timingErrors } from './timing';
import {
  graceVelocity,
  INTENDED_VELOCITY,
  intendedVelocity,
  softestStroke,
  strokeVelocities,
} from './velocities';

/** Strokes of a single drum follow one another by at least so much, and those of a limb by more. */
const LEAST_GAP_MS = 8;
const LEAST_LIMB_GAP_MS = 28;
/** When the first stroke may be played at the earliest, and how much later for each of its graces. */
const EARLIEST_MS = 1;
const LEAST_GRACE_LEAD_MS = 9;
/** How long before a grace its hand must have been free. */
const LEAST_GRACE_GAP_MS = 40;
/** Of the player's voice in the collapsed second stroke of a diddle. */
const COLLAPSED_SHARE = 0.35;

const NOTHING: SlotMishaps['kinds'] = [];

/**
 * Plays an exercise. Every random number comes from a stream named by dataset seed, player, material, tempo, take, stage and stroke, so
 * that a performance does not depend on which others are made, in what order, or where.
 */
export function performExercise(spec: ExerciseSpec): Performance {
  const { player, material, tempo } = spec;
  const beatMs = 60_000 / tempo;
  const isGroove = material.kind === 'groove';
  const cycles = cyclesOf(spec, beatMs);
  const slots = slotsOf(material, cycles);
  const perCycle = material.cycles[0]?.length ?? 0;
  const beats = cycles * material.beatsPerCycle;
  const random = Random.ofSeed(spec.datasetSeed).fork(
    'performance',
    player.id,
    material.slug,
    slots[0]?.hand ?? '',
    tempo,
    spec.take,
  );
  const late = timingErrors(slots, { player, tempo, beats, isGroove, random: random.fork('timing') });
  const mishaps = drawMishaps(slots, player.skill_tier, random.fork('mishaps'));
  collapseDiddles(late, slots, beatMs, mishaps);
  delayByMishaps(late, slots, beatMs, mishaps);
  const times = inOrder(slots, late, beatMs, isGroove);
  const velocities = strokeVelocities(slots, player, beats, random.fork('velocity'));
  const ornaments = random.fork('ornament');
  const softest = softestStroke(player);
  const strokes: PerformedStroke[] = [];
  const events: MishapEvent[] = [];
  const freeAt = { R: -Infinity, L: -Infinity };
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as Slot;
    const mishap = mishaps.get(index);
    const kinds = mishap?.kinds ?? NOTHING;
    const intended = LEAD_IN_MS + slot.beat * beatMs;
    if (kinds.includes('missed_stroke')) {
      events.push({ kind: 'missed_stroke', time_ms: intended, stroke_index: null });
      continue;
    }
    const hand = kinds.includes('wrong_hand') ? otherHand(slot.hand) : slot.hand;
    const at = times[index] as number;
    const collapsed = kinds.includes('collapsed_diddle') ? COLLAPSED_SHARE : 1;
    const velocity = Math.max(1, (velocities[index] as number) * collapsed);
    const cycle = Math.floor(index / perCycle);
    const own = slot.graces > 0 || slot.buzz ? ornaments.fork(index) : null;
    let spacing: number | null = null;
    if (slot.graces > 0 && own) {
      const graceHand = otherHand(hand);
      const room = Math.min(
        at - (index > 0 ? (times[index - 1] as number) + 6 : EARLIEST_MS),
        at - freeAt[graceHand] - LEAST_GRACE_GAP_MS,
      );
      const leads = faultyLeads(playedLeads(slot.graces, player, room, own), mishap);
      const written = writtenLeads(slot.graces);
      if (slot.graces === 1) spacing = leads[0] ?? null;
      for (let grace = 0; grace < slot.graces; grace++) {
        const actual = graceVelocity(velocity, softest, own);
        strokes.push({
          cycle,
          beat: slot.beat,
          hand: graceHand,
          stroke_type: 'grace',
          note: slot.note,
          intended_time_ms: intended - (written[grace] as number),
          actual_time_ms: at - (leads[grace] as number),
          intended_velocity: INTENDED_VELOCITY.grace,
          actual_velocity: Math.round(actual),
          is_accent: false,
          diddle_position: null,
          flam_spacing_ms: spacing,
          parent_stroke_index: strokes.length + slot.graces - grace,
          buzz_count: null,
          bounces: [],
          is_extra: false,
        });
      }
    }
    freeAt[hand] = at;
    const until =
      (index + 1 < slots.length ? (times[index + 1] as number) : LEAD_IN_MS + beats * beatMs) - at;
    const bounces = slot.buzz && own ? buzzBounces(at, velocity, until, player, own.fork('buzz')) : [];
    const stroke: PerformedStroke = {
      cycle,
      beat: slot.beat,
      hand,
      stroke_type: strokeTypeOf(slot),
      note: slot.note,
      intended_time_ms: intended,
      actual_time_ms: at,
      intended_velocity: intendedVelocity(slot),
      actual_velocity: Math.round(velocity),
      is_accent: slot.accent,
      diddle_position: slot.diddle === 0 ? null : slot.diddle,
      flam_spacing_ms: spacing,
      parent_stroke_index: null,
      buzz_count: slot.buzz ? bounces.length + 1 : null,
      bounces,
      is_extra: false,
    };
    strokes.push(stroke);
    for (const kind of kinds) events.push({ kind, time_ms: intended, stroke_index: strokes.length - 1 });
    if (mishap && kinds.includes('extra_stroke')) strokes.push(extraStroke(stroke, until, mishap.random));
  }
  return { spec, cycles, beats, duration_ms: durationOf(spec), strokes, mishaps: events };
}

/** How long the performance of an exercise is, in ms. */
export function durationOf(spec: ExerciseSpec): number {
  const beatMs = 60_000 / spec.tempo;
  const played = LEAD_IN_MS + cyclesOf(spec, beatMs) * spec.material.beatsPerCycle * beatMs + TAIL_MS;
  return 'seconds' in spec.length ? Math.max(played, spec.length.seconds * 1000) : played;
}

function cyclesOf({ length, material }: ExerciseSpec, beatMs: number): number {
  if ('cycles' in length) return length.cycles;
  const room = length.seconds * 1000 - LEAD_IN_MS - TAIL_MS;
  return Math.max(1, Math.floor(room / (material.beatsPerCycle * beatMs) + 1e-9));
}

/** The strokes of so many cycles, beats from the first. */
function slotsOf({ cycles, beatsPerCycle }: Material, count: number): Slot[] {
  const slots: Slot[] = [];
  for (let number = 0; number < count; number++) {
    const start = number * beatsPerCycle;
    for (const slot of cycles[number % cycles.length] ?? [])
      slots.push(start === 0 ? slot : { ...slot, beat: start + slot.beat });
  }
  return slots;
}

/** The second stroke of a collapsed diddle comes late. */
function collapseDiddles(
  late: Float64Array,
  slots: readonly Slot[],
  beatMs: number,
  mishaps: ReadonlyMap<number, SlotMishaps>,
): void {
  for (const [index, { kinds, random }] of mishaps) {
    if (!kinds.includes('collapsed_diddle')) continue;
    const written = ((slots[index]?.beat ?? 0) - (slots[index - 1]?.beat ?? 0)) * beatMs;
    late[index] = (late[index] as number) + written * random.fork('collapsed').between(0.25, 0.6);
  }
}

/** Actual times from how late each slot is; strokes keep their order, those of a groove per limb only. */
function inOrder(
  slots: readonly Slot[],
  late: Float64Array,
  beatMs: number,
  isGroove: boolean,
): Float64Array {
  const times = new Float64Array(slots.length);
  const lastOf = { R: -Infinity, L: -Infinity, RF: -Infinity, LF: -Infinity };
  for (let index = 0; index < slots.length; index++) {
    const { beat, limb, graces } = slots[index] as Slot;
    const earliest = EARLIEST_MS + graces * LEAST_GRACE_LEAD_MS;
    const wanted = LEAD_IN_MS + beat * beatMs + (late[index] as number);
    const before = index > 0 && !isGroove ? (times[index - 1] as number) + LEAST_GAP_MS : 0;
    const at = Math.max(earliest, wanted, before, lastOf[limb] + LEAST_LIMB_GAP_MS);
    times[index] = at;
    lastOf[limb] = at;
  }
  return times;
}

/** A flam gone wrong: both at once, or the grace after its stroke. */
function faultyLeads(leads: readonly number[], mishap: SlotMishaps | undefined): readonly number[] {
  if (mishap?.kinds.includes('flat_flam')) return [mishap.random.fork('flat').between(0.5, 7.9)];
  if (mishap?.kinds.includes('inverted_flam')) return [-mishap.random.fork('inverted').between(8, 30)];
  return leads;
}

/** A stroke nobody asked for, between its neighbours; its own time is the only one that it can be held against. */
function extraStroke(after: PerformedStroke, gap: number, random: Random): PerformedStroke {
  const drawn = random.fork('extra');
  const at = after.actual_time_ms + gap * drawn.between(0.35, 0.65);
  const velocity = Math.max(1, Math.round(after.actual_velocity * drawn.between(0.3, 0.6)));
  return {
    ...after,
    stroke_type: 'tap',
    intended_time_ms: at,
    actual_time_ms: at,
    intended_velocity: velocity,
    actual_velocity: velocity,
    is_accent: false,
    diddle_position: null,
    flam_spacing_ms: null,
    buzz_count: null,
    bounces: [],
    is_extra: true,
  };
}
