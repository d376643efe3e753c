import { join } from 'node:path';
import { z } from 'zod';
import { FileRefSchema, type ReadPools, readPools, type Stage, writeEventGrid } from '#main/pipeline/stage';
import { writeFileWhole } from '#main/platform';
import { fail, ok } from '#shared/base';
import { arePoolsEmpty, chooseOneEach, composeSkeleton, gridFileOf, objectText } from '#shared/compose';
import {
  MeterSchema,
  meterText,
  type Pattern,
  ROLES_IN_ORDER,
  rolePool,
  SkeletonStyleSchema,
  type SkeletonMeta,
  stepsOf,
} from '#shared/model';

const GridInputSchema = z.object({
  bpm: z.number().min(20).max(400),
  bars: z.number().int().min(1).max(128).default(4),
  meter: MeterSchema.default({ numerator: 4, denominator: 4 }),
  seed: z.number().int().min(0).default(42),
  style: SkeletonStyleSchema.default('four'),
  /** Which of the seed's four variants. */
  variant: z.number().int().min(0).max(3).default(0),
  motionMode: z.enum(['A', 'B']).default('B'),
  motionKeep: z.number().int().min(4).max(8).default(6),
  fillProbability: z.number().min(0).max(1).default(0.25),
  texture: z.boolean().default(true),
  /** Without pools the events have no samples yet. */
  pools: FileRefSchema.nullable().default(null),
});
export type GridInput = z.infer<typeof GridInputSchema>;

/** The time grid and a skeleton on it, with one sample for each of its sounds where there are pools. */
export const gridStage: Stage<GridInput, Record<string, never>> = {
  name: 'grid',
  title: 'Drawing the skeleton',
  version: 2,
  input: GridInputSchema,
  async run(input, { folder, report }) {
    const skeleton = composeSkeleton({ ...input, tempo: input.bpm });
    let sounding = skeleton;
    let pools: ReadPools | null = null;
    if (input.pools) {
      const read = await readPools(input.pools);
      if (!read.ok) return read;
      pools = read.value;
      if (arePoolsEmpty(pools.pools)) {
        return fail({ code: 'noSample', role: 'any role', pools: input.pools.path });
      }
      sounding = chooseOneEach(skeleton, pools.pools, input.seed);
    }
    await writeFileWhole(join(folder, 'grid.json'), objectText(gridFileOf(skeleton)));
    await writeEventGrid(folder, 'event_grid.json', sounding);
    await writeFileWhole(join(folder, 'skeleton_meta.json'), objectText(metaOf(input, sounding, pools)));
    report(1);
    return ok({
      values: {},
      files: { grid: 'grid.json', eventGrid: 'event_grid.json', skeletonMeta: 'skeleton_meta.json' },
    });
  },
};

function metaOf(input: GridInput, { bars, notes }: Pattern, pools: ReadPools | null): SkeletonMeta {
  const stepAt = stepsOf(bars);
  const toms = notes.filter(note => note.role === 'FILL' && note.instrument !== 'crash');
  const sounds = new Map(notes.map(note => [`${note.role} ${note.instrument}`, note]));
  return {
    style: input.style,
    variant: input.variant,
    seed: input.seed,
    bpm: input.bpm,
    meter: meterText(input.meter),
    num_bars: input.bars,
    motion_mode: input.motionMode,
    motion_keep: input.motionKeep,
    fill_prob: input.fillProbability,
    texture: input.texture,
    fill_bars: [...new Set(toms.map(note => stepAt(note.at).bar))],
    counts: Object.fromEntries(
      ROLES_IN_ORDER.map(role => [role, notes.filter(note => note.role === role).length]),
    ),
    samples: pools
      ? [...sounds.values()].map(({ role, instrument, hit }) => {
          const entry = ROLES_IN_ORDER.flatMap(each => rolePool(pools.file, each)).find(
            each => each.sample_id === hit,
          );
          return {
            role,
            instrument,
            sample_id: hit,
            filepath: entry?.filepath ?? null,
            confidence: entry?.confidence ?? null,
          };
        })
      : [],
  };
}
