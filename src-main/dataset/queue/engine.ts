import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#shared/base';
import packageJson from '../../../package.json' with { type: 'json' };

/** What bytes depend on beside a run's configuration: two that differ here may differ in the last bit of a sine. */
export const EngineSchema = z.strictObject({
  generator: z.string(),
  v8: z.string(),
  /** Processor: compilers of different ones round differently. */
  arch: z.string(),
});
export type Engine = z.infer<typeof EngineSchema>;

export const thisEngine = (): Engine => ({
  generator: packageJson.version,
  v8: process.versions.v8,
  arch: process.arch,
});

export const engineWords = ({ generator, v8, arch }: Engine): string =>
  `Backbeat ${generator} on V8 ${v8}, ${arch}`;

/** Short, and another one for every other engine. */
export const engineKey = (engine: Engine): string =>
  createHash('sha256').update(canonicalJson(engine)).digest('hex').slice(0, 16);
