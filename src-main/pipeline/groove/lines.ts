import { z } from 'zod';
import { performTake, type TakeContext } from '#main/inference';
import { Failed } from '#main/platform';
import {
  COMMON_TIME,
  drumOfNote,
  INSTRUMENT_FACTS,
  type Note,
  noteId,
  type Pattern,
  ROLAND_TD,
  STEP_TICKS,
  sortedNotes,
  PLAIN,
  PLAIN_FRAME,
} from '#shared/model';
import type { Take } from '#shared/protocol';
import { ticks } from '#shared/units';

/** A two-bar window as the project's groove measure writes it. */
const LineSchema = z.object({
  id: z.string(),
  bpm: z.number().min(20).max(400),
  notes: z.array(z.tuple([z.number().int().min(0).max(31), z.number().int().min(0).max(127)])),
});

const WRITTEN_VELOCITY = 80 / 127;

/**
 * A take on each window of JSON lines, `{"id", "bpm", "notes": [[step, pitch], ...]}`; answers
 * `{"id", "notes": [[step, pitch, offset in sixteenths, velocity 1..127], ...]}`.
 */
export async function performLines(
  text: string,
  path: string,
  take: Take,
  context: TakeContext,
): Promise<string> {
  const answers: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const window = parseLine(line, path, index + 1);
    const made = await performTake(take, patternOf(window), context, window.id);
    if (!made.ok) throw new Failed(made.failure);
    const pitches = new Map(window.notes.map(([, pitch], at) => [`w${at}`, pitch]));
    const notes = made.value.notes.map(note => [
      note.at / STEP_TICKS,
      pitches.get(note.id) ?? INSTRUMENT_FACTS[note.instrument].note,
      Number((note.feel / STEP_TICKS).toFixed(5)),
      Number((note.velocity * 127).toFixed(2)),
    ]);
    answers.push(`${JSON.stringify({ id: window.id, notes })}\n`);
  }
  return answers.join('');
}

function parseLine(line: string, path: string, number: number): z.infer<typeof LineSchema> {
  const bad = (problem: string) =>
    new Failed({
      code: 'badFile',
      path,
      format: 'JSON lines file',
      problems: [`line ${number}: ${problem}`],
    });
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
  const parsed = LineSchema.safeParse(json);
  if (!parsed.success) throw bad(parsed.error.issues[0]?.message ?? 'not a window');
  return parsed.data;
}

function patternOf({ bpm, notes }: z.infer<typeof LineSchema>): Pattern {
  return {
    tempo: bpm,
    bars: [COMMON_TIME, COMMON_TIME],
    ...PLAIN_FRAME,
    notes: sortedNotes(
      notes.map(([step, pitch], index): Note => {
        const { instrument } = drumOfNote(ROLAND_TD, pitch);
        return {
          id: noteId(`w${index}`),
          role: INSTRUMENT_FACTS[instrument].role,
          instrument,
          at: ticks(step * STEP_TICKS),
          feel: 0,
          velocity: WRITTEN_VELOCITY,
          length: ticks(STEP_TICKS),
          ...PLAIN,
          hit: null,
          source: 'import',
        };
      }),
    ),
  };
}
