import { Random } from '../base';
import {
  type HitId,
  type Kit,
  type Note,
  type NoteId,
  noteId,
  type Pad,
  type Pattern,
  performedNotes,
} from '../model';
import { chosenHit, hasTakes, layerAt, takeInTurn } from './layers';
import { padOf } from './pad-of';

/** Which of a layer's takes a stroke sounds with. */
export type TakeChoice = (stroke: Note, pad: Pad, pass: number) => HitId | undefined;

interface Turn {
  /** Which stroke of its layer it is within a pass, from 0. */
  readonly place: number;
  readonly layer: string;
}

/**
 * Chooses takes for the strokes of `pattern`. In turn, every stroke that is written on a layer counts, whether or not chance lets it sound, from
 * the pattern's start and on through its passes: so each has the same take wherever playing began, in the window, a render and an export.
 * Strokes of `passesOf` are known by the pattern that it was made of.
 */
export function takeChoice(pattern: Pattern, kit: Kit): TakeChoice {
  let known: ReturnType<typeof countTurns> | undefined;
  return (stroke, pad, pass) => {
    const layer = layerAt(pad, stroke.velocity);
    if (!layer || layer.hits.length < 2 || pad.takes === 'first') return layer?.hits[0];
    const [name = '', later] = stroke.id.split('#');
    if (pad.takes === 'random') {
      const drawn = Random.ofSeed(pass + Number(later ?? 0)).fork('take', name);
      return drawn.pick(layer.hits);
    }
    known ??= countTurns(pattern, kit);
    const whole = known.turns.get(stroke.id);
    const turn = whole ?? known.turns.get(noteId(name));
    if (!turn) return layer.hits[0];
    const passes = pass + (whole ? 0 : Number(later ?? 0));
    return takeInTurn(layer, turn.place + passes * (known.counts.get(turn.layer) ?? 0));
  };
}

/** Every stroke that could sound on a pad with takes: its place in its layer, and how many each layer has in a pass. */
function countTurns(
  pattern: Pattern,
  kit: Kit,
): { readonly turns: ReadonlyMap<NoteId, Turn>; readonly counts: ReadonlyMap<string, number> } {
  const pads = new Map<string, Pad | undefined>();
  const padFor = (note: Note): Pad | undefined => {
    const kind = `${note.role} ${note.instrument}`;
    if (!pads.has(kind)) pads.set(kind, padOf(note, kit));
    return pads.get(kind);
  };
  const isCounted = (note: Note): boolean => {
    const pad = note.hit === null ? padFor(note) : undefined;
    return pad !== undefined && hasTakes(pad);
  };
  const notes = pattern.notes.filter(isCounted).map(note => ({ ...note, probability: 1 }));
  const turns = new Map<NoteId, Turn>();
  const counts = new Map<string, number>();
  for (const stroke of performedNotes({ ...pattern, notes })) {
    const pad = padFor(stroke);
    const upTo = pad && layerAt(pad, stroke.velocity)?.upTo;
    const layer = `${pad?.id} ${upTo}`;
    const place = counts.get(layer) ?? 0;
    turns.set(stroke.id, { place, layer });
    counts.set(layer, place + 1);
  }
  return { turns, counts };
}

/** Takes for strokes by hand: each layer counts on for as long as one plays. */
export class HandTurns {
  readonly #turns = new Map<string, number>();

  /** What a stroke of velocity 0..1 on a pad sounds with. */
  next(pad: Pad, velocity: number): HitId | null {
    const layer = layerAt(pad, velocity);
    if (!layer) return chosenHit(pad);
    const name = `${pad.id} ${layer.upTo}`;
    const turn = this.#turns.get(name) ?? 0;
    this.#turns.set(name, turn + 1);
    if (pad.takes === 'first') return layer.hits[0] ?? null;
    if (pad.takes === 'random') return Random.ofSeed(turn).fork('hand', name).pick(layer.hits);
    return takeInTurn(layer, turn) ?? null;
  }
}
