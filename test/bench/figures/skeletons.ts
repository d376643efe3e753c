import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import { encodeMidi, SKELETON_STYLE_NAMES, SKELETON_STYLES, type SkeletonStyle } from '#shared/model';
import { atLeast, type Section, table } from './section';

const GROOVE = 'groove-v1.0.0-midionly.zip';
const SEEDS = 10;
const VARIANTS = 4;
const BARS = 8;

const ScoresSchema = z.object({
  windows: z.number(),
  mean_oa: z.number(),
  mean_kl: z.number(),
  copying: z.object({ exact_2bar: z.number(), longest_run_bars: z.number(), distinct: z.number() }),
});

/** A part for each seed and each of its variants. */
function writeParts(folder: string, style: SkeletonStyle): void {
  mkdirSync(folder, { recursive: true });
  for (let seed = 0; seed < SEEDS; seed++)
    for (let variant = 0; variant < VARIANTS; variant++) {
      const pattern = composeSkeleton({
        ...SKELETON_DEFAULTS,
        style,
        seed,
        variant,
        bars: BARS,
        tempo: 110,
        texture: false,
        fillProbability: 0.5,
      });
      writeFileSync(join(folder, `${seed}-${variant}.mid`), encodeMidi(pattern, { type: 1 }));
    }
}

export const skeletons: Section = {
  title: 'Skeletons',
  command: `pattern_eval.py PARTS --gmd $BACKBEAT_DATA/gmd/${GROOVE}`,
  measure({ data, folder, evaluate }) {
    const rows = SKELETON_STYLES.map(style => {
      const parts = join(folder, 'skeletons', style);
      writeParts(parts, style);
      return {
        style,
        scores: ScoresSchema.parse(evaluate('pattern_eval.py', parts, '--gmd', join(data, 'gmd', GROOVE))),
      };
    });
    const text = table(
      ['style', 'windows', 'mean OA', 'mean KL', 'distinct', 'exact in Groove', 'longest run, bars'],
      rows.map(({ style, scores: { windows, mean_oa, mean_kl, copying } }) => [
        SKELETON_STYLE_NAMES[style],
        String(windows),
        mean_oa.toFixed(3),
        mean_kl.toFixed(3),
        copying.distinct.toFixed(2),
        copying.exact_2bar.toFixed(3),
        String(copying.longest_run_bars),
      ]),
    );
    const fewest = Math.min(...rows.map(({ scores }) => scores.copying.distinct));
    return {
      text: `${SEEDS} seeds of each style with their four variants, ${BARS} bars of 4/4, on the grid at the velocities of the sheet. Skeletons are plain on purpose: feel, and much of the likeness to players, is what humanising adds.\n\n${text}`,
      gates: [atLeast('share of distinct two-bar windows, the least of a style', fewest, 0.1)],
    };
  },
};
