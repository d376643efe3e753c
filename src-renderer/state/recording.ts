import { create } from 'zustand';
import { PPQ } from '#shared/units';
import { type FreeTap, patternOfTaps, type PlayedHit, recordedEdit } from '#shared/live';
import { type Drum, INSTRUMENT_FACTS, type Pad, patternTicks, timeOf } from '#shared/model';
import { soundByHand } from './by-hand';
import { beginDocument, change, onLeavingDocument, previewChange, useDocument } from './document';
import { setGenerator } from './generator';
import { lendLiveKeys } from './keyboard';
import { type Lane, lanesOf, roleLanes } from './lanes';
import { useKitDraft } from './kit-draft';
import { useLibrary } from './library';
import { useLiveSettings } from './live-settings';
import { notify } from './notices';
import { patternPlayer, readyToPlay, usePlaying } from './playing';
import { openKitOfPattern } from './score';
import { generate } from './takes';
import { setView, useView } from './view';

interface RecordingState {
  readonly isArmed: boolean;
  /** What was tapped while nothing played. */
  readonly taps: readonly FreeTap[];
  /** Hits of the pass that goes on. */
  readonly count: number;
  /** The row that was struck last, and how often any was, for a light at its head. */
  readonly struck: { readonly lane: string; readonly stroke: number } | null;
}

export const useRecording = create<RecordingState>(() => ({
  isArmed: false,
  taps: [],
  count: 0,
  struck: null,
}));

/** Places on the keyboard, for the rows of the grid from the top: the letters of the lowest row first. */
const PLACES =
  'KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon'.split(
    ' ',
  );
const SIGNS: Readonly<Record<string, string>> = { Comma: ',', Period: '.', Slash: '/', Semicolon: ';' };
const USUAL_VELOCITY = 96 / 127;
const HARD_VELOCITY = 120 / 127;

/** What is printed on the key that plays a row of the grid; null past the last key. */
export function keyOfRow(row: number): string | null {
  const place = PLACES[row];
  return place === undefined ? null : (SIGNS[place] ?? place.replace('Key', ''));
}

function lanes(): readonly Lane[] {
  const each = lanesOf(openKitOfPattern(), useDocument.getState().history?.pattern);
  return useView.getState().rows === 'roles' ? roleLanes(each) : each;
}

/** One pass that is being played in. */
interface Take {
  readonly pass: number;
  /** What of the pass was played through, in ticks. */
  readonly from: number;
  readonly until: number;
  /** Each with when it came, in ms of the page's clock. */
  readonly hits: readonly { readonly hit: PlayedHit; readonly came: number }[];
}

let take: Take | null = null;
/** How many hits of it are in sight. */
let shownHits = 0;
let watching: ReturnType<typeof setInterval> | undefined;
const WATCH_MS = 50;
/** What was just struck has sounded already: it joins the groove a little later, so that it is not heard twice. */
const SETTLED_MS = 200;
/** A hit that comes so little before the count-in's end means the first beat. */
const EARLY_SECONDS = 0.12;

interface Strike {
  /** 0..1. */
  readonly velocity: number;
  /** When, in ms of the page's clock. */
  readonly time: number;
}

/** A drum that was struck, as a drum map names it: its pad sounds, and it is recorded while recording is armed. */
export function struckDrum({ instrument, articulation }: Drum, strike: Strike): void {
  const pad = openKitOfPattern()?.pads.find(one => one.instrument === instrument) ?? null;
  const role = pad?.role ?? INSTRUMENT_FACTS[instrument].role;
  struck({ role, instrument, articulation }, pad, strike);
}

function struckRow(lane: Lane, strike: Strike): void {
  const { role, instrument, pad } = lane;
  struck({ role, instrument, articulation: null }, pad, strike);
}

type Struck = Omit<PlayedHit, 'at' | 'velocity'>;

function struck(what: Struck, pad: Pad | null, { velocity, time }: Strike): void {
  if (patternPlayer.clockSeconds === null) void readyToPlay();
  const kit = openKitOfPattern();
  const sound = kit && pad ? soundByHand(kit, pad, velocity) : null;
  if (pad && sound) patternPlayer.strike({ ...sound, role: what.role, pan: pad.pan, choke: pad.choke });
  const { isArmed, struck: before } = useRecording.getState();
  const key = `${what.role} ${what.instrument}`;
  useRecording.setState({ struck: { lane: key, stroke: (before?.stroke ?? 0) + 1 } });
  if (!isArmed) return;
  const { isPlaying, songId } = usePlaying.getState();
  if (isPlaying && songId === null) playIn({ ...what, velocity }, time);
  else if (!isPlaying)
    useRecording.setState(({ taps }) => ({ taps: [...taps, { ...what, velocity, time: time / 1000 }] }));
}

/** How much later than it is meant a stroke comes in, in ms: by setting, or as the audio device says. */
export const inputLatencyMs = (): number =>
  useLiveSettings.getState().latencyMs ?? Math.round(patternPlayer.latencyMs);

function playIn(hit: Omit<PlayedHit, 'at'>, time: number): void {
  const at = patternPlayer.timeAt(time - inputLatencyMs());
  const { history } = useDocument.getState();
  if (at === null || !history) return;
  let place = patternPlayer.positionAt(at);
  let early = 0;
  if (!place || place.countIn > 0) {
    place = patternPlayer.positionAt(at + EARLY_SECONDS);
    early = place ? (EARLY_SECONDS * timeOf(history.pattern).tempoAt(place.ticks) * PPQ) / 60 : 0;
  }
  if (!place || place.countIn > 0) return;
  if (take && take.pass !== place.pass) finishTake('whole pass');
  const { from } = loopNow();
  const start = place.pass === 0 ? Math.max(from, usePlaying.getState().fromTicks) : from;
  take ??= { pass: place.pass, from: start, until: start, hits: [] };
  take = {
    ...take,
    until: Math.max(take.until, place.ticks),
    hits: [...take.hits, { hit: { ...hit, at: place.ticks - early }, came: time }],
  };
  useRecording.setState({ count: take.hits.length });
}

function loopNow(): { readonly from: number; readonly to: number } {
  const pattern = useDocument.getState().history?.pattern;
  const { loop } = usePlaying.getState();
  const isLooped = loop !== null && useView.getState().isLooping;
  return isLooped ? loop : { from: 0, to: pattern ? patternTicks(pattern) : 0 };
}

function editOf(one: Take, hits: Take['hits']) {
  const pattern = useDocument.getState().history?.pattern;
  const { mode, quantisePercent } = useLiveSettings.getState();
  if (!pattern) return null;
  const loop = loopNow();
  return recordedEdit(
    pattern,
    hits.map(({ hit }) => hit),
    {
      quantise: quantisePercent / 100,
      loop,
      replaced: mode === 'replace' ? { from: one.from, to: Math.min(one.until, loop.to) } : null,
    },
  );
}

/** Makes one undo step of what was played in. */
function finishTake(went: 'whole pass' | 'so far'): void {
  const finished = take;
  take = null;
  shownHits = 0;
  useRecording.setState({ count: 0 });
  if (!finished) return;
  const until = went === 'whole pass' ? Infinity : finished.until;
  const made = editOf({ ...finished, until }, finished.hits);
  if (made) change(made.label, made.edit);
}

/** Shows what was played in so far, and ends the pass when the next one has begun. */
function watch(): void {
  if (!take) return;
  const now = patternPlayer.timeAt(performance.now() - inputLatencyMs());
  const place = now === null ? null : patternPlayer.positionAt(now);
  if (!place) return;
  if (place.pass !== take.pass) {
    // What is on its way still belongs to the pass that it was struck in.
    const last = take.hits.at(-1)?.came ?? 0;
    if (performance.now() - last > SETTLED_MS) finishTake('whole pass');
    return;
  }
  take = { ...take, until: Math.max(take.until, place.ticks) };
  const settled = take.hits.filter(({ came }) => came < performance.now() - SETTLED_MS);
  if (settled.length === shownHits || useLiveSettings.getState().mode === 'replace') return;
  shownHits = settled.length;
  previewChange(editOf(take, settled)?.edit ?? null);
}

/** Lets keys and devices be played in, or no more. */
export function toggleArmed(): void {
  const isArmed = !useRecording.getState().isArmed;
  if (!isArmed) finishTake('so far');
  useRecording.setState({ isArmed, taps: [] });
  if (isArmed) void readyToPlay();
}

export const clearTaps = (): void => useRecording.setState({ taps: [] });

/** Makes a groove of what was tapped, and opens it; with a beat around it where that is wished for. */
export function grooveOfTaps(hasBeat: boolean): void {
  const { taps } = useRecording.getState();
  const pattern = patternOfTaps(taps);
  const { kitId } = useDocument.getState();
  if (!pattern) return;
  const id = crypto.randomUUID();
  beginDocument({ id, name: `Tapped, ${pattern.tempo} BPM`, kitId, trackId: null, pattern });
  setView({ patternId: id });
  useRecording.setState({ taps: [], isArmed: false });
  if (hasBeat) {
    setGenerator({ generator: 'tap' });
    void generate();
  } else {
    notify({ tone: 'ok', text: `${pattern.notes.length} taps at ${pattern.tempo} BPM are a groove now.` });
  }
}

/** The kit's sounds are at hand before a key is struck. */
function readyWhenArmed(): void {
  if (useRecording.getState().isArmed && !usePlaying.getState().isPlaying) void readyToPlay();
}

/** Plays rows by keys while recording is armed; returns the undo. */
export function followRecording(): () => void {
  let returnKeys: (() => void) | null = null;
  const lend = (): void => {
    returnKeys ??= lendLiveKeys(({ code, isHard, isHeld, time }) => {
      const row = PLACES.findIndex(place => place === code);
      const lane = row < 0 ? undefined : lanes()[row];
      if (lane && !isHeld) struckRow(lane, { velocity: isHard ? HARD_VELOCITY : USUAL_VELOCITY, time });
      return lane !== undefined;
    });
    watching ??= setInterval(watch, WATCH_MS);
  };
  const giveBack = (): void => {
    returnKeys?.();
    returnKeys = null;
    clearInterval(watching);
    watching = undefined;
  };
  const undo = [
    useRecording.subscribe((now, before) => {
      if (now.isArmed === before.isArmed) return;
      if (now.isArmed) lend();
      else giveBack();
    }),
    usePlaying.subscribe((now, before) => {
      if (before.isPlaying && !now.isPlaying) finishTake('so far');
    }),
    onLeavingDocument(() => finishTake('so far')),
    useDocument.subscribe((now, before) => {
      if (now.id !== before.id) useRecording.setState({ taps: [] });
      if (now.id !== before.id || now.kitId !== before.kitId) readyWhenArmed();
    }),
    useLibrary.subscribe((now, before) => {
      if (now.kitHits !== before.kitHits) readyWhenArmed();
    }),
    useKitDraft.subscribe((now, before) => {
      if (now.kit !== before.kit) readyWhenArmed();
    }),
  ];
  return () => {
    giveBack();
    for (const stop of undo) stop();
  };
}
