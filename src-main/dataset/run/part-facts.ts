import { type SampleRow, TABLES, type TableName, TIERS } from '#shared/dataset';
import { z } from 'zod';
import { type Part, partFolder, type PartRows, partRows } from '../storage';

/** What the index of a run keeps of a sample. */
const MadeSampleSchema = z.object({
  id: z.string(),
  groupId: z.string(),
  profile: z.string(),
  tier: z.enum(TIERS),
  rudiment: z.string(),
  tempo: z.number(),
  kit: z.string().nullable(),
  preset: z.string().nullable(),
  overall: z.number(),
});

/** A part that is made, as its maker tells of it. */
export const PartFactsSchema = z.object({
  part: z.number().int().min(0),
  /** Of all its files. */
  bytes: z.number(),
  /** Of what is heard, or played where nothing is. */
  seconds: z.number(),
  /** In the order of their numbers. */
  entries: z.array(MadeSampleSchema),
});
export type PartFacts = z.infer<typeof PartFactsSchema>;

/** What is in a part that lies whole in the folder `parts`. */
export async function partFacts(parts: string, part: Part): Promise<PartFacts> {
  const rows = await partRows(partFolder(parts, part.index));
  const samples = columnsOf(rows, 'samples');
  const overall = columnsOf(rows, 'exercises').overall_score as readonly number[];
  const column = <Name extends keyof SampleRow>(name: Name) => samples[name] as readonly SampleRow[Name][];
  const seconds = column('audio_duration_sec').map((heard, at) => heard ?? column('duration_sec')[at] ?? 0);
  return {
    part: part.index,
    bytes: [part.rows, ...part.files].reduce((sum, { bytes }) => sum + bytes, 0),
    seconds: seconds.reduce((sum, one) => sum + one, 0),
    entries: column('sample_id').map((id, at) =>
      MadeSampleSchema.parse({
        id,
        groupId: column('augmentation_group_id')[at],
        profile: column('profile_id')[at],
        tier: column('skill_tier')[at],
        rudiment: column('rudiment_slug')[at],
        tempo: column('tempo_bpm')[at],
        kit: column('soundfont')[at],
        preset: column('augmentation_preset')[at],
        overall: overall[at],
      }),
    ),
  };
}

type ColumnsOf<Table extends TableName> = Readonly<
  Record<(typeof TABLES)[Table][number]['name'], readonly unknown[]>
>;

const columnsOf = <Table extends TableName>(rows: PartRows, table: Table): ColumnsOf<Table> =>
  Object.fromEntries(TABLES[table].map(({ name }, at) => [name, rows[table][at] ?? []])) as ColumnsOf<Table>;
