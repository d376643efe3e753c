import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  composeSkeleton,
  eventsOfPattern,
  gridFileOf,
  parseEvents,
  parseGridFile,
  SKELETON_DEFAULTS,
} from '#shared/compose';
import { OperationSchema } from '#shared/edit';
import {
  DrumMapFileSchema,
  EventGridSchema,
  GridFileSchema,
  KitFileSchema,
  KitManifestSchema,
  LicencesSchema,
  PerSampleFileSchema,
  PoolsFileSchema,
  SkeletonMetaSchema,
} from '#shared/model';

const DOCUMENT = readFileSync('docs/formats.md', 'utf8');

/** Each example's name, as on its fence, with the heading of its section and its schema. */
const FORMATS = [
  ['kit_manifest', '`kit_manifest.json`', KitManifestSchema],
  ['pools', '`pools_N.json` and `role_pools_N.json`', PoolsFileSchema],
  ['per_sample', '`per_sample_N.json`', PerSampleFileSchema],
  ['grid', '`grid_N.json`', GridFileSchema],
  ['event_grid', '`event_grid_N.json`', EventGridSchema],
  ['skeleton_meta', '`skeleton_meta_N.json`', SkeletonMetaSchema],
  ['drum_map', 'Drum maps', DrumMapFileSchema],
  ['licences', '`LICENSES.json`', LicencesSchema],
  ['kit', '`kit.json`', KitFileSchema],
  ['operations', 'Operations', z.array(OperationSchema)],
] as const;

/** Files of the seeds `soundroutine-pipeline.md` and `drumgen-x-pipeline.md`, and the configuration that they promise. */
const SEED_FILES = [
  'kit_manifest.json',
  'dummy_NNNNN.wav',
  'role_pools_N.json',
  'pools_N.json',
  'per_sample_N.json',
  'role_assignment.yaml',
  'grid_N.json',
  'event_grid_N.json',
  'skeleton_meta_N.json',
  'transformer_output_N.mid',
  'event_grid_transformer_N.json',
  'event_grid_groovae_N.json',
  'render_groovae_N.wav',
  'notes_N.mid',
  'preview_N.wav',
  'render_N.wav',
  '{name}.wav',
  '{name}.mp3',
];

function sectionOf(heading: string): string {
  const start = DOCUMENT.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`no section "${heading}"`);
  const end = DOCUMENT.indexOf('\n## ', start + 4);
  return DOCUMENT.slice(start, end < 0 ? undefined : end);
}

function exampleOf(name: string): unknown {
  const match = new RegExp(`\`\`\`json ${name}\\n([\\s\\S]*?)\`\`\``).exec(DOCUMENT);
  if (!match?.[1]) throw new Error(`no example "${name}"`);
  return JSON.parse(match[1]);
}

/** The names of all keys in a schema, those of its parts included. */
function keysOf(schema: z.ZodType): Set<string> {
  const keys = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, member] of Object.entries(node)) {
      if (name === 'properties' && typeof member === 'object' && member !== null) {
        for (const key of Object.keys(member)) keys.add(key);
      }
      visit(member);
    }
  };
  visit(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return keys;
}

/** The keys that an example's objects really have. */
function keysIn(value: unknown): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap(member => [...keysIn(member)]));
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.entries(value).flatMap(([key, member]) => [key, ...keysIn(member)]));
}

describe('docs/formats.md', () => {
  it.each(SEED_FILES)('names %s', file => {
    expect(DOCUMENT).toContain(`\`${file}\``);
  });

  it.each(FORMATS)('names every key of %s in its section', (_, heading, schema) => {
    const section = sectionOf(heading).replace(/```[\s\S]*?```/g, '');
    const missing = [...keysOf(schema)].filter(key => !new RegExp(`\`${key}\\b`).test(section));
    expect(missing).toEqual([]);
  });

  it.each(FORMATS.filter(([name]) => name !== 'event_grid'))(
    'has an example of %s that its schema takes',
    (name, _, schema) => {
      expect(schema.safeParse(exampleOf(name)).error?.issues ?? []).toEqual([]);
    },
  );

  it('has an event grid that fits its grid, with events of both seeds and of either alone', () => {
    const grid = parseGridFile(exampleOf('grid'));
    if (!grid.ok) throw new Error(grid.failure.join('; '));
    const events = parseEvents(exampleOf('event_grid'), grid.value);
    expect(events.ok ? [] : events.failure).toEqual([]);
    expect(EventGridSchema.safeParse(events.ok ? events.value : null).success).toBe(true);
    expect(events.ok && events.value.map(event => event.step)).toEqual([0, 4, 5, 6, 8]);
  });

  it('shows every key of an event and of a manifest in its example', () => {
    for (const [name, , schema] of FORMATS.filter(
      ([each]) => each === 'event_grid' || each === 'kit_manifest',
    )) {
      const shown = keysIn(exampleOf(name));
      expect([...keysOf(schema)].filter(key => !shown.has(key))).toEqual([]);
    }
  });
});

it('writes grids and events with no key that the document does not name', () => {
  const pattern = composeSkeleton({ ...SKELETON_DEFAULTS, tempo: 97, style: 'rock' });
  const swung = { ...pattern, swing: { percent: 60, base: '8th' as const } };
  const written = [
    ...keysIn(gridFileOf({ ...swung, bars: [...swung.bars, { numerator: 7, denominator: 8 }] })),
    ...keysIn(eventsOfPattern(swung)),
  ];
  const documented = new Set([...keysOf(GridFileSchema), ...keysOf(EventGridSchema)]);
  expect(written.filter(key => !documented.has(key))).toEqual([]);
});
