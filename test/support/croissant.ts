import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ReferenceSchema = z.strictObject({ '@id': z.string().min(1) });
const many = <Of extends z.ZodType>(of: Of) => z.union([of, z.array(of).min(1)]);
/** Names that the reference implementation takes. */
const NameSchema = z.string().regex(/^[A-Za-z0-9\-_./]+$/);

/** What Croissant 1.0 says of a file: a hash, unless it lies in another one. */
const FileObjectSchema = z
  .strictObject({
    '@type': z.literal('cr:FileObject'),
    '@id': z.string().min(1),
    name: NameSchema,
    description: z.string().optional(),
    contentUrl: z.string().min(1),
    contentSize: z
      .string()
      .regex(/^\d+ B$/)
      .optional(),
    containedIn: many(ReferenceSchema).optional(),
    encodingFormat: z.string().regex(/^[a-z]+[/+][a-z0-9.+-]+$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .refine(({ contentUrl }) => !contentUrl.includes(' '));
const FileSetSchema = z.strictObject({
  '@type': z.literal('cr:FileSet'),
  '@id': z.string().min(1),
  name: NameSchema,
  containedIn: many(ReferenceSchema).optional(),
  encodingFormat: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  includes: many(z.string().min(1)),
});

/** Those that the reference implementation makes values of; others are errors there. */
const DataTypeSchema = z.enum([
  'sc:Text',
  'sc:Integer',
  'sc:Float',
  'sc:Boolean',
  'sc:URL',
  'sc:AudioObject',
  'cr:Split',
]);
const SourceSchema = z.strictObject({
  fileSet: ReferenceSchema,
  extract: z.union([
    z.strictObject({ column: z.string() }),
    z.strictObject({ fileProperty: z.enum(['fullpath', 'filename', 'content', 'lines', 'lineNumbers']) }),
  ]),
  transform: z
    .union([z.strictObject({ regex: z.string() }), z.strictObject({ jsonPath: z.string() })])
    .optional(),
});
const FieldSchema = z.strictObject({
  '@type': z.literal('cr:Field'),
  '@id': z.string().min(1),
  name: NameSchema,
  description: z.string().optional(),
  dataType: many(DataTypeSchema),
  repeated: z.literal(true).optional(),
  source: SourceSchema.optional(),
  references: z.strictObject({ field: ReferenceSchema }).optional(),
});
const RecordSetSchema = z.strictObject({
  '@type': z.literal('cr:RecordSet'),
  '@id': z.string().min(1),
  name: NameSchema,
  description: z.string(),
  dataType: z.literal('cr:Split').optional(),
  key: ReferenceSchema.optional(),
  field: z.array(FieldSchema).min(1),
  data: z.array(z.record(z.string(), z.string())).min(1).optional(),
});

const TextsSchema = many(z.string().min(1));
/** The properties of responsible use that its specification 1.0 names; no others may stand there. */
const RAI_PROPERTIES = [
  'dataCollection',
  'dataCollectionType',
  'dataPreprocessingProtocol',
  'dataAnnotationProtocol',
  'machineAnnotationTools',
  'annotationsPerItem',
  'dataLimitations',
  'dataBiases',
  'dataUseCases',
  'dataSocialImpact',
  'personalSensitiveInformation',
  'dataReleaseMaintenancePlan',
] as const;

const CroissantSchema = z.strictObject({
  '@context': z.looseObject({
    '@vocab': z.literal('https://schema.org/'),
    sc: z.literal('https://schema.org/'),
    cr: z.literal('http://mlcommons.org/croissant/'),
    rai: z.literal('http://mlcommons.org/croissant/RAI/'),
    dct: z.literal('http://purl.org/dc/terms/'),
    conformsTo: z.literal('dct:conformsTo'),
    recordSet: z.literal('cr:recordSet'),
    dataType: z.strictObject({ '@id': z.literal('cr:dataType'), '@type': z.literal('@vocab') }),
    data: z.strictObject({ '@id': z.literal('cr:data'), '@type': z.literal('@json') }),
  }),
  '@type': z.literal('sc:Dataset'),
  name: z.string().regex(/^[\w-]+$/),
  description: z.string().min(1),
  conformsTo: z.literal('http://mlcommons.org/croissant/1.0'),
  license: z.url(),
  url: z.url(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  datePublished: z.iso.date(),
  creator: z.strictObject({ '@type': z.enum(['sc:Organization', 'sc:Person']), name: z.string().min(1) }),
  citeAs: z.string().min(1),
  keywords: z.array(z.string()),
  inLanguage: z.literal('en'),
  isLiveDataset: z.literal(false),
  distribution: z.array(z.discriminatedUnion('@type', [FileObjectSchema, FileSetSchema])).min(1),
  recordSet: z.array(RecordSetSchema).min(2),
  ...Object.fromEntries(RAI_PROPERTIES.map(name => [`rai:${name}`, TextsSchema])),
});
type Croissant = z.infer<typeof CroissantSchema>;

/** Everything that is wrong with the Croissant description of the files in `folder`: shape, references, files, hashes. */
export function croissantProblems(document: unknown, folder: string): readonly string[] {
  const parsed = CroissantSchema.safeParse(document);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return [...referenceProblems(parsed.data), ...fileProblems(parsed.data, folder)];
}

function referenceProblems({ distribution, recordSet }: Croissant): string[] {
  const problems: string[] = [];
  const fields = recordSet.flatMap(({ field }) => field);
  const ids = [...distribution, ...recordSet, ...fields].map(node => node['@id']);
  if (new Set(ids).size !== ids.length) problems.push('an @id is there twice');
  const wants = (id: string, among: readonly { readonly '@id': string }[], from: string): void => {
    if (!among.some(node => node['@id'] === id)) problems.push(`${from} refers to ${id}, which is not there`);
  };
  for (const { containedIn = [], '@id': id } of distribution)
    for (const each of [containedIn].flat()) wants(each['@id'], distribution, id);
  for (const { '@id': id, key, field, data = [] } of recordSet) {
    if (key) wants(key['@id'], field, id);
    for (const each of field) {
      if (!each['@id'].startsWith(`${id}/`)) problems.push(`${each['@id']} is not named after ${id}`);
      if (each.source) wants(each.source.fileSet['@id'], distribution, each['@id']);
      if (each.references) wants(each.references.field['@id'], fields, each['@id']);
      if (!each.source && data.length === 0) problems.push(`${each['@id']} has no source`);
    }
    for (const row of data)
      if (Object.keys(row).join() !== field.map(each => each['@id']).join())
        problems.push(`a row of ${id} has other fields than it`);
  }
  return problems;
}

function fileProblems({ distribution, recordSet }: Croissant, folder: string): string[] {
  const problems: string[] = [];
  const there = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const described = new Set<string>();
  for (const file of distribution) {
    if (file['@type'] === 'cr:FileSet') {
      const archives = [file.containedIn ?? []].flat().some(each => each['@id'].endsWith('.tar'));
      for (const pattern of [file.includes].flat())
        if (!archives && !there.some(path => isMatch(path, pattern)))
          problems.push(`nothing is ${pattern} of ${file['@id']}`);
      continue;
    }
    if (file.encodingFormat === 'git+https') continue;
    described.add(file['@id']);
    if (!file.contentUrl.endsWith(file['@id'])) problems.push(`${file['@id']} lies elsewhere`);
    const bytes = there.includes(file['@id']) ? readFileSync(join(folder, file['@id'])) : null;
    if (bytes === null) problems.push(`${file['@id']} is not there`);
    else if (createHash('sha256').update(bytes).digest('hex') !== file.sha256)
      problems.push(`the hash of ${file['@id']} is wrong`);
    else if (file.contentSize !== `${bytes.length} B`) problems.push(`the size of ${file['@id']} is wrong`);
  }
  for (const path of there)
    if (/\.(parquet|tar)$/.test(path) && !described.has(path)) problems.push(`${path} is not described`);
  // The splits that files say by their paths are those of the enumeration.
  const splits =
    recordSet.find(({ '@id': id }) => id === 'splits')?.data?.map(row => row['splits/name']) ?? [];
  for (const { field } of recordSet)
    for (const { source, '@id': id } of field) {
      const regex = source?.transform && 'regex' in source.transform ? source.transform.regex : null;
      if (regex === null) continue;
      const set = distribution.find(each => each['@id'] === source?.fileSet['@id']);
      if (set?.['@type'] !== 'cr:FileSet') continue;
      for (const path of there.filter(name =>
        [set.includes].flat().some(pattern => isMatch(name, pattern)),
      )) {
        const split = new RegExp(regex).exec(path)?.[1];
        if (split === undefined || !splits.includes(split)) problems.push(`${id} finds no split in ${path}`);
      }
    }
  return problems;
}

const isMatch = (path: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')}$`).test(path);
