import { z } from 'zod';
import { canonicalJson } from '../../base';
import { compareText } from '../../model';

/** What a user's file is for: a SoundFont, a rudiment's definition, a groove, the response of a room, a background, a noise that comes and goes. */
export const RESOURCE_KINDS = ['font', 'rudiment', 'midi', 'response', 'noise', 'short-noise'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

const ResourceFileSchema = z.strictObject({
  kind: z.enum(RESOURCE_KINDS),
  /** Of the file, without folders and ending: small letters, digits, underscores. */
  name: z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where this machine has it. Nothing that is made depends on it. */
  path: z.string().min(1),
});
export type ResourceFile = z.infer<typeof ResourceFileSchema>;

/** The user's files that a dataset is made with, known by their content. */
export const RunResourcesSchema = z.strictObject({ files: z.array(ResourceFileSchema).default([]) });
export type RunResources = z.infer<typeof RunResourcesSchema>;

/** A file as manifests and comparisons of runs know it. */
export type NamedResource = Omit<ResourceFile, 'path'>;

/** The files in an order that follows from what they are. */
export const sortedResources = ({ files }: RunResources): readonly ResourceFile[] =>
  files.toSorted(
    (a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name) || compareText(a.sha256, b.sha256),
  );

/** The files without their places: equal for every machine that has the same files. */
export const namedResources = (resources: RunResources): readonly NamedResource[] =>
  sortedResources(resources).map(({ kind, name, sha256 }) => ({ kind, name, sha256 }));

/** Text that is the same for the same files, wherever they lie. */
export const resourcesKey = (resources: RunResources): string => canonicalJson(namedResources(resources));
