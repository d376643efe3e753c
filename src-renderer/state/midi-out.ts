import type { SettledSpan, Stroke } from '#renderer/playback';
import { MidiClock, noteOff, noteOn, SILENCE, STOP } from '#shared/live';
import { HEADROOM_DECIBELS, velocityOfGain } from '#shared/mix';
import { type Note, noteOfDrum, noteOfStroke, type NoteId, type Pattern } from '#shared/model';
import { gainOfDecibels, midiVelocity } from '#shared/units';
import { useLiveSettings } from './live-settings';
import { drumMapOf, useMidiDevices } from './midi-devices';
import { patternPlayer, usePlaying } from './playing';

/** Messages go out this long before they are due: the system's MIDI keeps their times. */
const AHEAD_SECONDS = 0.12;
/** Drums ring on by themselves; samplers only want to see a key let go. */
const GATE_SECONDS = 0.03;

const clock = new MidiClock();
/** Up to where messages were sent, on the audio clock; null while stopped. */
let sentUntil: number | null = null;
/** From the audio clock to what is heard, as it was at the begin: what the audio device says of it wavers. */
let latencyMs = 0;
/** The device that has been started. */
let playedOutput: string | null = null;

const notesOf = new WeakMap<Pattern, ReadonlyMap<NoteId, Note>>();

function noteIn(pattern: Pattern, id: NoteId): Note | undefined {
  const known = notesOf.get(pattern) ?? new Map(pattern.notes.map(note => [note.id, note]));
  notesOf.set(pattern, known);
  return known.get(noteOfStroke(id)) ?? known.get(id);
}

/** The velocity that a voice was struck with, its pad's gain taken off. */
function velocityOf({ voice, score }: Stroke): number {
  const pad = score.kit.pads.find(({ id }) => id === voice.padId);
  return velocityOfGain(voice.gain / gainOfDecibels((pad?.gainDecibels ?? 0) + HEADROOM_DECIBELS));
}

function send(span: SettledSpan): void {
  const { ports } = useMidiDevices.getState();
  const { output, outputMap, sendsNotes, sendsClock } = useLiveSettings.getState();
  if (!ports || output === null) return;
  if (playedOutput !== output) silence();
  playedOutput = output;
  const sendAt = (bytes: readonly number[], time: number): void =>
    ports.send(output, bytes, patternPlayer.millisecondsAt(time) + latencyMs);
  if (sentUntil === null) {
    clock.reset();
    latencyMs = patternPlayer.latencyMs;
  }
  // After a jump, and where the window slept, the device is told anew where to go on.
  if (sentUntil !== null && Math.abs(span.from - sentUntil) > 1e-6) {
    ports.clear(output);
    if (sendsClock) sendAt([STOP], span.from);
    clock.reset();
  }
  sentUntil = span.to;
  if (sendsClock)
    for (const { time, bytes } of clock.between(span.from, span.to, span.legs)) sendAt(bytes, time);
  if (!sendsNotes) return;
  const map = drumMapOf(outputMap);
  for (const stroke of span.strokes) {
    const { voice, score, onsetFrame } = stroke;
    const note = noteIn(score.pattern, voice.noteId);
    if (!note) continue;
    const number = noteOfDrum(map, note);
    const time = onsetFrame / span.sampleRate;
    sendAt(noteOn(number, midiVelocity(velocityOf(stroke))), time);
    sendAt(noteOff(number), time + GATE_SECONDS);
  }
}

/** Nothing that was sent ahead sounds any more, and the device stands still. */
function silence(): void {
  const { ports } = useMidiDevices.getState();
  if (ports && playedOutput !== null && sentUntil !== null) {
    ports.clear(playedOutput);
    const now = performance.now();
    if (useLiveSettings.getState().sendsClock) ports.send(playedOutput, [STOP], now);
    for (const bytes of SILENCE) ports.send(playedOutput, bytes, now);
    // What the system would not take back falls silent when it has gone out.
    for (const bytes of SILENCE) ports.send(playedOutput, bytes, now + AHEAD_SECONDS * 1000 + 50);
  }
  sentUntil = null;
  playedOutput = null;
}

/** Plays the chosen device along with what plays here; returns the undo. */
export function followMidiOut(): () => void {
  const undo = [
    patternPlayer.follow(AHEAD_SECONDS, send),
    usePlaying.subscribe((now, before) => {
      if (before.isPlaying && !now.isPlaying) silence();
    }),
    useLiveSettings.subscribe((now, before) => {
      if (now.output !== before.output) silence();
    }),
  ];
  return () => {
    silence();
    for (const stop of undo) stop();
  };
}
