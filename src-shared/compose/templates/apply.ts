import { Random } from '../../base';
import {
  DIVISION_TICKS,
  type GrooveTemplate,
  type Note,
  type NoteId,
  type Pattern,
  sortedNotes,
  swingOf,
  type TemplateSlot,
  timeOf,
} from '../../model';
import { clamp } from '../../units';

/** How much of a template is taken; each is multiplied with `amount`. */
export interface TemplateDose {
  /** 0..1.3: 1 plays exactly like the template, more exaggerates it. */
  readonly amount: number;
  /** 0..1: how far times move. */
  readonly timing: number;
  /** 0..1: how far velocities move. */
  readonly velocity: number;
  /** 0..1: chance on top, at 1 with a standard deviation of `RANDOM_MS` and a tenth of the velocity. */
  readonly random: number;
  readonly seed: number;
}

export const PLAIN_DOSE: TemplateDose = { amount: 1, timing: 1, velocity: 0.5, random: 0, seed: 0 };
export const MOST_AMOUNT = 1.3;
const RANDOM_MS = 8;
const RANDOM_VELOCITY = 0.1;
/** Quieter than this a stroke would be lost. */
const LEAST_VELOCITY = 1 / 127;

/**
 * `pattern` played with the feel of `template`; where notes are written stays. Only the notes of `ids` change, or all when it is
 * null. A voice is played as its own in the template if that has it, else as all together; between two steps the feel is in between.
 */
export function applyTemplate(
  pattern: Pattern,
  template: GrooveTemplate,
  dose: TemplateDose,
  ids: ReadonlySet<NoteId> | null = null,
): Pattern {
  const swung = swingOf(pattern);
  const time = timeOf(pattern);
  const means = meanVelocities(pattern);
  const random = Random.ofSeed(dose.seed).fork('template');
  const { amount } = dose;
  const notes = pattern.notes.map((note): Note => {
    if (ids && !ids.has(note.id)) return note;
    const slot = feelAt(template, note);
    const own = random.fork(note.id);
    const was = swung(note.at) + note.feel - note.at;
    const moved = slot === null ? was : was + amount * dose.timing * (slot.offset - was);
    const strayed = dose.random === 0 ? 0 : own.normal(0, amount * dose.random * RANDOM_MS);
    const stand = swung(note.at);
    const feel = note.at + moved - stand;
    const louder = own.normal(0, amount * dose.random * RANDOM_VELOCITY);
    return {
      ...note,
      feel: strayed === 0 ? feel : feel + time.feelOf(stand + feel, strayed),
      velocity: velocityOf(note, slot, means.get(voiceOf(note)) ?? note.velocity, dose, louder),
    };
  });
  return { ...pattern, notes: sortedNotes(notes) };
}

const voiceOf = ({ role, instrument }: Note): string => `${role} ${instrument}`;

function meanVelocities(pattern: Pattern): ReadonlyMap<string, number> {
  const means = new Map<string, number>();
  for (const [voice, notes] of Map.groupBy(pattern.notes, voiceOf))
    means.set(voice, notes.reduce((sum, { velocity }) => sum + velocity, 0) / notes.length);
  return means;
}

function velocityOf(
  { velocity }: Note,
  slot: TemplateSlot,
  mean: number,
  dose: TemplateDose,
  louder: number,
): number {
  if (velocity === 0) return 0;
  const wanted = slot === null ? velocity : mean * slot.accent;
  const moved = velocity + dose.amount * dose.velocity * (wanted - velocity);
  const next = dose.random === 0 ? moved : moved * (1 + louder);
  return next === velocity ? velocity : clamp(next, LEAST_VELOCITY, 1);
}

/** The feel of a note's place in the cycle; null where the template says nothing of it. */
function feelAt(template: GrooveTemplate, { at, instrument }: Note): TemplateSlot {
  const own = template.voices[instrument];
  return (
    (own && between(own, at, DIVISION_TICKS[template.base])) ??
    between(template.slots, at, DIVISION_TICKS[template.base])
  );
}

function between(slots: readonly TemplateSlot[], at: number, step: number): TemplateSlot {
  const place = at / step;
  const before = slots[Math.floor(place) % slots.length] ?? null;
  const share = place - Math.floor(place);
  if (share === 0) return before;
  const after = slots[(Math.floor(place) + 1) % slots.length] ?? null;
  if (before === null || after === null) return share < 0.5 ? before : after;
  return {
    offset: before.offset + share * (after.offset - before.offset),
    accent: before.accent + share * (after.accent - before.accent),
  };
}
