import type { JobProgram } from '#main/jobs';
import { z } from 'zod';
import { ClassifySchema, classify } from './steps/classify';
import { EditSchema, edit } from './steps/edit';
import { LayoutSchema, layout, SkeletonSchema, skeleton } from './steps/groove';
import {
  GroovaeSchema,
  groovae,
  GroovesSchema,
  grooves,
  TransformerSchema,
  transformer,
} from './steps/generate';
import { OnsetsSchema, onsets, SeparateSchema, separate, TempoSchema, tempo } from './steps/hearing-files';
import { PreprocessSchema, preprocess } from './steps/preprocess';
import { RenderSchema, render } from './steps/render';
import { RolesSchema, roles } from './steps/roles';
import { DrumsToPatternSchema, drumsToPattern, TranscribeSchema, transcribe } from './steps/strokes';

const StepSchema = z.discriminatedUnion('step', [
  PreprocessSchema,
  RolesSchema,
  SkeletonSchema,
  TransformerSchema,
  GroovaeSchema,
  GroovesSchema,
  LayoutSchema,
  EditSchema,
  RenderSchema,
  SeparateSchema,
  OnsetsSchema,
  TranscribeSchema,
  DrumsToPatternSchema,
  TempoSchema,
  ClassifySchema,
]);

/** One step of the line by itself, reading and writing the seeds' files: what the commands of that name run. */
export const stepProgram: JobProgram = async (call, params) => {
  const parsed = StepSchema.parse(params);
  switch (parsed.step) {
    case 'preprocess':
      return preprocess(call, parsed);
    case 'roles':
      return roles(call, parsed);
    case 'skeleton':
      return skeleton(call, parsed);
    case 'transformer':
      return transformer(call, parsed);
    case 'groovae':
      return groovae(call, parsed);
    case 'grooves':
      return grooves(call, parsed);
    case 'layout':
      return layout(call, parsed);
    case 'edit':
      return edit(call, parsed);
    case 'render':
      return render(call, parsed);
    case 'separate':
      return separate(call, parsed);
    case 'onsets':
      return onsets(call, parsed);
    case 'transcribe':
      return transcribe(call, parsed);
    case 'drums-to-pattern':
      return drumsToPattern(call, parsed);
    case 'tempo':
      return tempo(call, parsed);
    case 'classify':
      return classify(call, parsed);
  }
};
