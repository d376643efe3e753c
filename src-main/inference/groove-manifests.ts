import { z } from 'zod';
import {
  CLASS_COUNT,
  GROOVE_CLASSES,
  STEP_FEATURES,
  STEP_NUMBERS,
  WINDOW_CELLS,
  WORDS,
} from '#shared/compose';
import { GROOVE_STYLES } from '#shared/model';
import { ManifestSchema } from './manifest';

const count = z.number().int().positive();
const share = z.number().gt(0).lt(1);

/** The code that makes the models' inputs knows these lists: a manifest with others is of another model. */
const vocabulary = {
  classes: z.array(z.string()).refine(list => list.join() === GROOVE_CLASSES.join(), 'other classes'),
  styles: z.array(z.string()).refine(list => list.join() === GROOVE_STYLES.join(), 'other styles'),
};
const windowed = { ...vocabulary, steps: z.literal(WINDOW_CELLS) };

const fileFields = ManifestSchema.pick({ file: true, bytes: true, sha256: true }).shape;
const manifestFields = ManifestSchema.omit({ file: true, bytes: true, sha256: true }).shape;

export const HumaniserManifestSchema = z.looseObject({
  ...manifestFields,
  ...windowed,
  task: z.literal('humanise'),
  graphs: z.object({
    tight: z.looseObject(fileFields),
    context: z.looseObject({
      ...fileFields,
      outputs: z.looseObject({
        context: z.tuple([z.string(), z.number(), count]),
        priorMean: z.tuple([z.string(), count]),
      }),
    }),
    listen: z.looseObject(fileFields),
    play: z.looseObject({
      ...fileFields,
      inputs: z.looseObject({
        previous: z.tuple([z.string(), z.number(), z.literal(STEP_NUMBERS)]),
        state: z.tuple([z.number(), z.string(), count]),
      }),
    }),
  }),
  levels: z.looseObject({ velocity: count, offset: count }),
});

const classValues = z.array(share).length(CLASS_COUNT);

export const TapperManifestSchema = z.looseObject({
  ...ManifestSchema.shape,
  ...windowed,
  task: z.literal('tap'),
  thresholds: z.looseObject({ exact: classValues, colourful: classValues }),
});

export const TransformerManifestSchema = z.looseObject({
  ...ManifestSchema.shape,
  ...vocabulary,
  task: z.literal('generate'),
  inputs: z.looseObject({
    features: z.tuple([z.string(), z.literal(STEP_FEATURES)]),
    memory: z.tuple([z.string(), count]),
  }),
  outputs: z.looseObject({ logChances: z.tuple([z.string(), z.literal(WORDS)]) }),
  windowSteps: count,
});
