import type { HitId, Kit, Note, NoteId, Pad, Pattern, PatternTime, Role } from '../model';
import { performedNotes, repeatedNotes, swingOf, timeOf } from '../model';
import { framesAt, gainOfDecibels } from '../units';
import { HEADROOM_DECIBELS, velocityGain } from './law';

/** A sounding note: what the offline mix adds up and what the window plays. Frames from the pattern's start. */
export interface Voice {
  readonly noteId: NoteId;
  readonly hit: HitId;
  readonly role: Role;
  readonly padId: string;
  /** Where the attack sounds, >= 0. */
  readonly onsetFrame: number;
  /** Where the slice's first frame lies: the pre-roll before the onset. Negative ones lose what lies before 0. */
  readonly startFrame: number;
  /** Length of the slice. */
  readonly frames: number;
  /** Where the voice begins to fall to silence over RELEASE_SECONDS, choked by another; null rings to its end. */
  readonly releaseFrame: number | null;
  /** Linear: velocity, pad and headroom together. */
  readonly gain: number;
  /** -1 left ... 1 right, of the pad. */
  readonly pan: number;
}

export interface ScheduleOptions {
  readonly sampleRate: number;
  /** Length of a hit's slice at `sampleRate`; 0 when it cannot sound. */
  readonly hitFrames: (hit: HitId) => number;
  /** Frames from the slice's first to its attack at `sampleRate`, a real number; 0 unless given. */
  readonly preRollFrames?: (hit: HitId) => number;
  /** Which pass through the pattern: what chances are drawn by. */
  readonly pass?: number;
  /** When its ticks sound: by its own tempos unless given. */
  readonly time?: PatternTime;
  /** Only notes written from here, and before there, in ticks; all unless given. */
  readonly from?: number;
  readonly to?: number;
  /** What sounds before the first of them: music, into which notes may be pushed, or nothing, unless given. */
  readonly before?: 'nothing' | 'music';
}

/** The pad that plays `note`: one that holds its hit, else its instrument's, else the first of its role. */
export function padOf(note: Note, kit: Kit): Pad | undefined {
  const inRole = kit.pads.filter(pad => pad.role === note.role);
  const holding = (pads: readonly Pad[]): Pad | undefined =>
    pads.find(pad => note.hit !== null && pad.hits.includes(note.hit));
  return (
    holding(inRole) ??
    holding(kit.pads) ??
    inRole.find(pad => pad.instrument === note.instrument) ??
    kit.pads.find(pad => pad.instrument === note.instrument) ??
    inRole[0]
  );
}

/** The hit that sounds for `note`: its own, else the one its pad has chosen. */
const hitOf = (note: Note, pad: Pad): HitId | undefined => note.hit ?? pad.hits[pad.chosen] ?? pad.hits[0];

/** The pad and hit of a note; looked up once for all notes of a kind, of which patterns have few. */
function soundIn(kit: Kit): (note: Note) => { readonly pad: Pad; readonly hit: HitId } | undefined {
  const known = new Map<string, { readonly pad: Pad; readonly hit: HitId } | undefined>();
  return note => {
    const kind = `${note.role} ${note.instrument} ${note.hit ?? ''}`;
    if (!known.has(kind)) {
      const pad = padOf(note, kit);
      const hit = pad && hitOf(note, pad);
      known.set(kind, pad && hit !== undefined ? { pad, hit } : undefined);
    }
    return known.get(kind);
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
  const sounding = soundIn(kit);
  const chokes = new Map<Voice, string>();
  const voices = performedNotes(stretchOf(pattern, from, to), pass, time).flatMap(note => {
    if (note.muted || note.velocity === 0) return [];
    const sound = sounding(note);
    const frames = sound ? hitFrames(sound.hit) : 0;
    if (!sound || frames <= 0) return [];
    const { pad, hit } = sound;
    const onset = Math.max(earliest, time.secondsAt(swung(note.at) + note.feel));
    const voice: Voice = {
      noteId: note.id,
      hit,
      role: note.role,
      padId: pad.id,
      onsetFrame: framesAt(onset, sampleRate),
      startFrame: Math.round(onset * sampleRate - preRollFrames(hit)),
      frames,
      releaseFrame: null,
      gain: velocityGain(note.velocity) * gainOfDecibels(pad.gainDecibels + HEADROOM_DECIBELS),
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
