import { setImmediate as breath } from 'node:timers/promises';
import { z } from 'zod';
import { FileRefSchema, type Stage, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, readWav } from '#main/platform';
import { FINGERPRINT_LENGTH, Fingerprinter, orderForKeeping } from '#shared/analysis';
import { type MonoAudio, toMono } from '#shared/model';
import { groupTwins, type Twins } from '#shared/search';

const ConfirmInputSchema = z.object({
  sounds: z.array(
    z.object({
      file: FileRefSchema,
      /** Where in the file the attack begins, seconds. */
      attack: z.number().min(0),
      /** How good a take it is, 0..1. */
      score: z.number(),
    }),
  ),
  /** Indices into `sounds` in turn, two a pair. */
  pairs: z.array(z.number().int().min(0)),
  /** Least likeness, by fingerprint, of what counts as the same sound. */
  least: z.number().min(0).max(1),
});
type ConfirmInput = z.infer<typeof ConfirmInputSchema>;

/** Longer than what a fingerprint looks at. */
const LOOKED_AT_SECONDS = 0.3;

/** Which of the candidates are the same sound, by their fingerprints of MFCC (`analysis/likeness`): groups, the best take first. */
export const confirmTwinsStage: Stage<ConfirmInput, { readonly groups: readonly Twins[] }> = {
  name: 'confirm-twins',
  title: 'Listening to sounds that may be the same',
  version: 1,
  input: ConfirmInputSchema,
  run: ({ sounds, pairs, least }, context) =>
    attempt(context.folder, async () => {
      const printers = new Map<number, Fingerprinter>();
      const prints = new Float32Array(sounds.length * FINGERPRINT_LENGTH);
      for (const [at, { file, attack }] of sounds.entries()) {
        throwIfCancelled(context.signal);
        const wav = await readWav(file.path);
        if (!wav.ok) throw new Failed(wav.failure);
        const { sampleRate, samples } = fromAttack(toMono(wav.value), attack);
        const printer = printers.get(sampleRate) ?? new Fingerprinter(sampleRate);
        printers.set(sampleRate, printer);
        prints.set(printer.fingerprint({ sampleRate, samples }, false), at * FINGERPRINT_LENGTH);
        context.report((0.99 * at) / sounds.length, `${at} of ${sounds.length} sounds`);
        await breath();
      }
      const likeness = (left: number, right: number): number | null => {
        let sum = 0;
        for (let at = 0; at < FINGERPRINT_LENGTH; at++)
          sum += prints[left * FINGERPRINT_LENGTH + at]! * prints[right * FINGERPRINT_LENGTH + at]!;
        return sum >= least ? Math.min(1, sum) : null;
      };
      const best = orderForKeeping(
        sounds.map(({ file, score }) => ({ score, source: file.sha256, position: 0 })),
      );
      context.report(1);
      return { values: { groups: groupTwins(pairs, best, likeness) }, files: {} };
    }),
};

function fromAttack({ sampleRate, samples }: MonoAudio, attack: number): MonoAudio {
  const start = Math.min(samples.length, Math.round(attack * sampleRate));
  return { sampleRate, samples: samples.subarray(start, start + Math.ceil(LOOKED_AT_SECONDS * sampleRate)) };
}
