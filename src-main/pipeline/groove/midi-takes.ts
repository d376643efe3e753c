import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { performTake, type TakeContext, warmModels } from '#main/inference';
import {
  type FileRef,
  FileRefSchema,
  GrooveManifestsSchema,
  manifestPaths,
  type Stage,
  throwIfCancelled,
} from '#main/pipeline/stage';
import { Failed, writeFileWhole } from '#main/platform';
import { fail, ok } from '#shared/base';
import { COMMON_TIME, decodeMidi, encodeMidi, type Pattern, PLAIN_FRAME, ROLAND_TD } from '#shared/model';
import { type Take, TakeSchema } from '#shared/protocol';
import { performLines } from './lines';

const MidiTakesInputSchema = z.object({
  /** MIDI files, or JSON lines of windows; none for grooves written from nothing. */
  files: z.array(FileRefSchema),
  take: TakeSchema,
  /** Of `morph`: the other groove. */
  towards: FileRefSchema.nullable().default(null),
  /** Grooves to write from nothing, where there are no files. */
  empty: z
    .object({
      count: z.number().int().min(1).max(10_000),
      bars: z.number().int().min(1).max(128),
      tempo: z.number().min(20).max(400),
    })
    .nullable()
    .default(null),
  manifests: GrooveManifestsSchema,
});
export type MidiTakesInput = z.infer<typeof MidiTakesInputSchema>;

/** A take on each of many grooves: MIDI in and MIDI out, or the JSON lines of measurements. Its files are named by their number. */
export const midiTakesStage: Stage<MidiTakesInput, Record<string, never>> = {
  name: 'midi-takes',
  title: 'Playing grooves',
  version: 2,
  input: MidiTakesInputSchema,
  async run(input, { folder, signal, report }) {
    const { files: sources, empty } = input;
    const context = { models: warmModels, manifests: manifestPaths(input.manifests), signal };
    const towards = input.towards ? await patternOfMidi(input.towards.path) : null;
    const files: Record<string, string> = {};
    const total = empty ? empty.count : sources.length;
    for (let index = 0; index < total; index++) {
      throwIfCancelled(signal);
      const source = sources[index];
      const name = `${index}${source?.path.endsWith('.jsonl') ? '.jsonl' : '.mid'}`;
      try {
        const content = source?.path.endsWith('.jsonl')
          ? await performLines(await readFile(source.path, 'utf8'), source.path, input.take, context)
          : await midiOfTake(source ?? null, input, index, towards, context);
        await writeFileWhole(join(folder, name), content);
      } catch (error) {
        if (error instanceof Failed) return fail(error.failure);
        throw error;
      }
      files[String(index)] = name;
      report((index + 1) / total);
    }
    return ok({ values: {}, files });
  },
};

async function midiOfTake(
  source: FileRef | null,
  { take, empty }: MidiTakesInput,
  index: number,
  towards: Pattern | null,
  context: TakeContext,
): Promise<Uint8Array> {
  const given = source === null ? nothing(empty) : await patternOfMidi(source.path);
  const asked: Take = take.kind === 'morph' && towards ? { ...take, towards } : take;
  // Grooves from nothing differ by their number, those from files by what the file holds, wherever it stands in the list.
  const made = await performTake(asked, given, context, source?.sha256 ?? String(index));
  if (!made.ok) throw new Failed(made.failure);
  return encodeMidi(made.value, { type: 1, map: ROLAND_TD });
}

const nothing = (empty: MidiTakesInput['empty']): Pattern => ({
  tempo: empty?.tempo ?? 120,
  bars: Array.from({ length: empty?.bars ?? 4 }, () => COMMON_TIME),
  ...PLAIN_FRAME,
  notes: [],
});

async function patternOfMidi(path: string): Promise<Pattern> {
  const decoded = decodeMidi(await readFile(path), { grid: 'sixteenths' });
  if (!decoded.ok)
    throw new Failed({ code: 'badFile', path, format: 'MIDI file', problems: [...decoded.failure] });
  return decoded.value.pattern;
}
