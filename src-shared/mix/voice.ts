import type { HitId, HitShape, Kit, Note, NoteId, Pad, Pattern, PatternTime, Role } from '../model';
import { performedNotes, repeatedNotes, swingOf, timeOf } from '../model';
import { framesAt, gainOfDecibels } from '../units';
import { HEADROOM_DECIBELS, velocityGain } from './law';
import { chosenHit, shapeOnPad } from './layers';
import { padOf } from './pad-of';
import { shapedFrames, shapedOnset } from './shape';
import { type TakeChoice, takeChoice } from './turns';

/** A sounding note: what the offline mix adds up and what the window plays. Frames from the pattern's start. */
export interface Voice {
  readonly noteId: NoteId;
  readonly hit: HitId;
  readonly role: Role;
  readonly padId: string;
  /** How the hit is played, its gain left out; null as it was cut. */
  readonly shape: HitShape | null;
  /** Where the attack sounds, >= 0. */
  readonly onsetFrame: number;
  /** Where the sound's first frame lies: the pre-roll before the onset. Negative ones lose what lies before 0. */
  readonly startFrame: number;
  /** Length of the sound. */
  readonly frames: number;
  /** Where the voice begins to fall to silence over RELEASE_SECONDS, choked by another; null rings to its end. */
  readonly releaseFrame: number | null;
  /** Linear: velocity, hit, pad and headroom together. */
  readonly gain: number;
  /** -1 left ... 1 right, of the pad. */
  readonly pan: number;
}

export interface ScheduleOptions {
  readonly sampleRate: number;
  /** Length of a hit's slice, as it was cut, at `sampleRate`; 0 when it cannot sound. */
  readonly hitFrames: (hit: HitId) => number;
  /** Frames from the slice's first to its attack at `sampleRate`, a real number; 0 unless given. */
  readonly preRollFrames?: (hit: HitId) => number;
  /** Which pass through the pattern: what chances and takes are drawn by. */
  readonly pass?: number;
  /** When its ticks sound: by its own tempos unless given. */
  readonly time?: PatternTime;
  /** Only notes written from here, and before there, in ticks; all unless given. */
  readonly from?: number;
  readonly to?: number;
  /** What sounds before the first of them: music, into which notes may be pushed, or nothing, unless given. */
  readonly before?: 'nothing' | 'music';
  /** The takes of layers: those of `pattern` itself unless given, as must be where it is passes of another. */
  readonly takes?: TakeChoice;
}

/** How far below full a stroke of velocity 0..1 is on a pad, linear. */
export const strokeGain = ({ velocityCurve }: Pick<Pad, 'velocityCurve'>, velocity: number): number =>
  velocityGain(velocity ** velocityCurve);

interface Answer {
  readonly pad: Pad;
  readonly hit: HitId;
  readonly shape: HitShape | null;
  /** Linear, at full velocity. */
  readonly gain: number;
}

/** What sounds for a note: its own hit, else a take of its pad's layer, else the hit that its pad has chosen. Looked up once for all alike. */
function answersIn(kit: Kit, takes: TakeChoice, pass: number): (note: Note) => Answer | undefined {
  const pads = new Map<string, Pad | undefined>();
  const known = new Map<string, Answer>();
  return note => {
    const kind = `${note.role} ${note.instrument} ${note.hit ?? ''}`;
    if (!pads.has(kind)) pads.set(kind, padOf(note, kit));
    const pad = pads.get(kind);
    const layered = pad && pad.layers.length > 0 ? takes(note, pad, pass) : null;
    const hit = note.hit ?? layered ?? (pad && chosenHit(pad));
    if (!pad || !hit) return undefined;
    const key = `${pad.id} ${hit}`;
    const found = known.get(key);
    if (found) return found;
    const { shape, gainDecibels } = shapeOnPad(kit, pad, hit);
    const answer = { pad, hit, shape, gain: gainOfDecibels(gainDecibels + HEADROOM_DECIBELS) };
    known.set(key, answer);
    return answer;
  };
}

/**
 * The voices of one pass through `pattern`, ordered by onset. The same list drives the window's playback and the
 * offline render, so both sound alike. Muted and silent notes, and those that no pad can play, have no voice. A note
 * pushed to before the start sounds at it where there is nothing before.
 */
export function scheduleVoices(pattern: Pattern, kit: Kit, options: ScheduleOptions): Voice[] {
  const { sampleRate, hitFrames, preRollFrames = () => 0, pass = 0 } = options;
  const { time = timeOf(pattern), from = 0, to = Infinity, before = 'nothing' } = options;
  const swung = swingOf(pattern);
  const earliest = before === 'nothing' ? time.secondsAt(from) : -Infinity;
  const answerTo = answersIn(kit, options.takes ?? takeChoice(pattern, kit), pass);
  const chokes = new Map<Voice, string>();
  const voices = performedNotes(stretchOf(pattern, from, to), pass, time).flatMap(note => {
    if (note.muted || note.velocity === 0) return [];
    const answer = answerTo(note);
    const sliceFrames = answer ? hitFrames(answer.hit) : 0;
    if (!answer || sliceFrames <= 0) return [];
    const { pad, hit, shape } = answer;
    const attack = preRollFrames(hit);
    const onset = Math.max(earliest, time.secondsAt(swung(note.at) + note.feel));
    const preRoll = shape ? shapedOnset(attack, sliceFrames, sampleRate, shape) : attack;
    const voice: Voice = {
      noteId: note.id,
      hit,
      role: note.role,
      padId: pad.id,
      shape,
      onsetFrame: framesAt(onset, sampleRate),
      startFrame: Math.round(onset * sampleRate - preRoll),
      frames: shape ? shapedFrames(sliceFrames, sampleRate, shape) : sliceFrames,
      releaseFrame: null,
      gain: answer.gain * strokeGain(pad, note.velocity),
      pan: pad.pan,
    };
    if (pad.choke !== null) chokes.set(voice, pad.choke);
    return [voice];
  });
  voices.sort((a, b) => a.onsetFrame - b.onsetFrame);
  return chokeVoices(voices, chokes);
}

/** `pattern` with the notes between two ticks only, those of rows that begin again among them. */
function stretchOf(pattern: Pattern, from: number, to: number): Pattern {
  if (from <= 0 && to === Infinity) return pattern;
  const lanes = pattern.lanes.map(lane => ({ ...lane, length: null }));
  const notes = repeatedNotes(pattern).filter(({ at }) => at >= from && at < to);
  return { ...pattern, lanes, notes };
}

/** Each voice falls silent where the next of its group has its onset; those that start together let each other ring. */
function chokeVoices(voices: readonly Voice[], groups: ReadonlyMap<Voice, string>): Voice[] {
  const nextOnset = new Map<string, { readonly onset: number; readonly after: number | null }>();
  return voices
    .toReversed()
    .map(voice => {
      const group = groups.get(voice);
      if (group === undefined) return voice;
      const next = nextOnset.get(group);
      const release = next && (next.onset > voice.onsetFrame ? next.onset : next.after);
      if (!next || next.onset > voice.onsetFrame) {
        nextOnset.set(group, { onset: voice.onsetFrame, after: next?.onset ?? null });
      }
      const end = voice.startFrame + voice.frames;
      return release !== undefined && release !== null && release < end
        ? { ...voice, releaseFrame: release }
        : voice;
    })
    .toReversed();
}

/** `voices` such that none sounds at or after `endFrame`: those that would begin to fall `releaseFrames` before it. */
export function endVoices(
  voices: readonly Voice[],
  endFrame: number,
  releaseFrames: number,
): readonly Voice[] {
  const last = endFrame - releaseFrames;
  return voices.map(voice =>
    voice.startFrame + voice.frames > endFrame && (voice.releaseFrame ?? Infinity) > last
      ? { ...voice, releaseFrame: last }
      : voice,
  );
}
