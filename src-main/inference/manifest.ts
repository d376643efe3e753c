import { z } from 'zod';
import type { Contract } from '#shared/analysis';

const count = z.number().int().positive();

/** native-models/<name>/manifest.json: what every bundled model says of itself. */
export const ManifestSchema = z.looseObject({
  name: z.string(),
  task: z.string(),
  version: count,
  licence: z.string(),
  opset: count,
  /** Name of the model's file, beside the manifest. */
  file: z.string().regex(/^[\w.-]+\.onnx$/, 'a plain file name ending in .onnx'),
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
});
export type Manifest = z.infer<typeof ManifestSchema>;

/** What the manifest of a bundled separator says beyond that. */
export const SeparatorManifestSchema = ManifestSchema.extend({
  task: z.literal('separation'),
  stems: z.array(z.string()).min(1),
  sampleRate: count,
  stft: z.looseObject({ windowFrames: count, hopFrames: count }),
  bassStft: z.looseObject({ windowFrames: count, bins: count }),
  segment: z.looseObject({ windows: count, contextWindows: count }),
  averagesStrokes: z.boolean().default(false),
});
export type SeparatorManifest = z.infer<typeof SeparatorManifestSchema>;

/** A contract found by shapes, with the manifest's word on what shapes do not tell. */
export function refinedBy(manifest: SeparatorManifest): (contract: Contract) => Contract {
  return contract =>
    contract.family === 'drum-stem'
      ? {
          ...contract,
          sampleRate: manifest.sampleRate,
          stems: manifest.stems.map((name, index) => ({ name, index })),
          window: manifest.stft.windowFrames,
          hop: manifest.stft.hopFrames,
          bassWindow: manifest.bassStft.windowFrames,
          segmentWindows: manifest.segment.windows,
          contextWindows: manifest.segment.contextWindows,
          averagesStrokes: manifest.averagesStrokes,
        }
      : contract;
}

const FileFactsSchema = z.looseObject({
  file: ManifestSchema.shape.file,
  bytes: count,
  sha256: ManifestSchema.shape.sha256,
});

/** What screens show of any bundled model, of one graph or of several. */
export const ManifestFactsSchema = z
  .looseObject({
    ...ManifestSchema.pick({ name: true, task: true, version: true, licence: true }).shape,
    stems: z.array(z.string()).default([]),
    attribution: z.string().optional(),
    /** Measured, each with its unit and where. */
    figures: z.array(z.string()).default([]),
    graphs: z.record(z.string(), FileFactsSchema).optional(),
  })
  .transform(manifest => {
    const own = FileFactsSchema.safeParse(manifest);
    const files = own.success ? [own.data] : Object.values(manifest.graphs ?? {});
    return {
      ...manifest,
      files: files.map(({ file, bytes, sha256 }) => ({ name: file, bytes, sha256 })),
    };
  });
