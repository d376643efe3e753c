import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type GivenFile,
  makeSample,
  openSounding,
  type OpenedSounding,
  readDatasetConfig,
  recordingOf,
  resolveResources,
} from '#main/dataset';
import { flacOf, writeWav } from '#main/platform';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import {
  encodePerformance,
  type GeneratedSample,
  type GenerationConfig,
  GenerationConfigSchema,
  labelsOf,
  performExercise,
  planOf,
  RecipeSchema,
  rowsOf,
  type RunResources,
  specOf,
  type Task,
} from '#shared/dataset';
import { encodeMidi, type SkeletonStyle } from '#shared/model';
import { explain } from '#shared/protocol';
import { pitchedFont } from '#test/pitched-font';
import { suiteFolder } from '#test/cli';

/** A General MIDI font of Debian's package timgm6mb-soundfont: eight drum kits, a hundred melodic presets. */
const GENERAL = '/usr/share/sounds/sf2/TimGM6mb.sf2';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const pcmOf = ({ recording }: Pick<GeneratedSample, 'recording'>): string =>
  recording ? sha256(flacOf(recording.audio, { bits: 24 }).pcm) : '';
const RATE = 32_000;
const tone = (seconds: number, value: (frame: number) => number): Float32Array =>
  Float32Array.from({ length: seconds * RATE }, (_, frame) => value(frame));

const RUDIMENT = `name: Garden Gate
slug: garden_gate
category: diddle
subdivision: sixteenth
tempo_range: [60, 180]
alternates: true
pattern:
  beats_per_cycle: 1
  strokes:
    - { hand: R, type: accent, beats: 1/4 }
    - { hand: L, type: tap, beats: 1/4 }
    - { hand: R, type: diddle, diddle: 1, beats: 1/4 }
    - { hand: R, type: diddle, diddle: 2, beats: 1/4 }
`;

const groove = (style: SkeletonStyle, seed: number): Uint8Array =>
  encodeMidi(composeSkeleton({ ...SKELETON_DEFAULTS, style, seed, tempo: 96, bars: 6 }), { type: 0 });

/** Files as a user may have them, some of no use. */
async function userFiles(folder: string): Promise<GivenFile[]> {
  const inside = (name: string): string => join(folder, name);
  for (const name of ['midi/deeper', 'rooms', 'noises', 'figures'])
    mkdirSync(inside(name), { recursive: true });
  copyFileSync(join('soundfonts', 'drum-kit.sf2'), inside('My Kit.sf2'));
  writeFileSync(inside('figures/garden-gate.yaml'), RUDIMENT);
  writeFileSync(inside('midi/funk one.mid'), groove('funk', 1));
  writeFileSync(inside('midi/deeper/Rock.MID'), groove('rock', 2));
  writeFileSync(inside('midi/deeper/again.mid'), groove('rock', 2));
  writeFileSync(inside('midi/broken.mid'), 'MThd and then nothing');
  await writeWav(
    inside('rooms/hall.wav'),
    { sampleRate: RATE, channels: [tone(0.4, frame => Math.exp(-frame / 2000) * Math.cos(frame * frame))] },
    '24',
  );
  await writeWav(
    inside('noises/street.wav'),
    {
      sampleRate: RATE,
      channels: [tone(1, frame => 0.1 * Math.sin(frame / 7)), tone(1, frame => 0.1 * Math.cos(frame / 5))],
    },
    '16',
  );
  writeFileSync(inside('noises/notes.wav'), 'no audio at all');
  return [
    { kind: 'font', path: inside('My Kit.sf2') },
    { kind: 'rudiment', path: inside('figures') },
    { kind: 'midi', path: inside('midi') },
    { kind: 'response', path: inside('rooms') },
    { kind: 'noise', path: inside('noises') },
  ];
}

const CONFIG = GenerationConfigSchema.parse({
  num_profiles: 3,
  tempos_per_rudiment: 1,
  augmentations_per_sample: 2,
  num_cycles_per_sample: 1,
  materials: 'both',
  rudiments: ['garden_gate', 'flam'],
  variations: ['inverted', 'accent_shifted'],
  groove_styles: ['funk', 'bossa'],
  groove_bars: 2,
  players_per_file: 2,
  response_probability: 1,
  noise_probability: 0.8,
  augmentation_presets: ['practice_room', 'garage', 'clean_close'],
  transforms: [
    { name: 'Gain', p: 0.5, ranges: { min_gain_db: -6, max_gain_db: 6 } },
    { name: 'OneOf', p: 0.6, transforms: [{ name: 'BitCrush' }, { name: 'Shift' }, { name: 'TimeStretch' }] },
  ],
  seed: 5,
});

async function opened(resources: RunResources): Promise<OpenedSounding> {
  const result = await openSounding(resources);
  if (!result.ok) throw new Error(explain(result.failure));
  return result.value;
}

/** Not the one that the process keeps. */
async function openedAfresh(resources: RunResources): Promise<OpenedSounding> {
  await opened({ files: [] });
  return await opened(resources);
}

describe("a dataset of a user's own files", () => {
  const folder = suiteFolder();
  let resources: RunResources;
  let sounding: OpenedSounding;
  let tasks: readonly Task[];
  let left: readonly string[];
  beforeAll(async () => {
    const resolved = await resolveResources(await userFiles(folder));
    if (!resolved.ok) throw new Error(resolved.failure.map(explain).join('; '));
    ({ resources } = resolved.value);
    left = resolved.value.leftOut.map(({ failure }) => explain(failure));
    sounding = await opened(resources);
    tasks = tasksOf(CONFIG);
  }, 60_000);
  afterAll(() => sounding.sounding.synth.close());

  function tasksOf(config: GenerationConfig): Task[] {
    const plan = planOf(config, sounding.catalogue);
    if (!plan.ok) throw new Error(plan.failure.join('; '));
    return Array.from({ length: plan.value.count }, (_, number) => plan.value.task(number));
  }

  it('takes each file once by its content, and tells which of a folder it leaves out', () => {
    expect(resources.files.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'font my_kit',
      'midi again',
      'midi funk_one',
      'noise street',
      'response hall',
      'rudiment garden_gate',
    ]);
    expect(left).toHaveLength(2);
    expect(left.join(' ')).toMatch(/broken\.mid.*notes\.wav/);
  });

  it('plays figures on every kit and grooves on whole kits alone', () => {
    const kitsOf = (isGroove: boolean): Set<string> =>
      new Set(
        tasks.filter(({ groove: own }) => (own !== null) === isGroove).map(one => one.recording?.kit ?? ''),
      );
    const whole = new Set(sounding.catalogue.kits.filter(({ isWholeKit }) => isWholeKit).map(({ id }) => id));
    expect([...kitsOf(true)].filter(kit => !whole.has(kit))).toEqual([]);
    expect([...kitsOf(false)].some(kit => !whole.has(kit))).toBe(true);
    expect(whole.size).toBeGreaterThan(4);
    const slugs = new Set(tasks.map(({ spec }) => spec.material.slug));
    expect(slugs).toContain('garden_gate');
    expect(slugs).toContain('garden_gate_inverted');
    expect([...slugs].filter(slug => slug.startsWith('midi_'))).toHaveLength(2);
    expect([...slugs].filter(slug => slug.startsWith('groove_'))).toHaveLength(2);
  });

  it('is rebuilt from a row and the files, bit for bit: grooves, variations, responses, noises and own steps', async () => {
    const wanted = (one: Task): boolean =>
      one.groove !== null || one.spec.material.slug.includes('_inverted');
    const some = tasks.filter(wanted).filter((_, index) => index % 5 === 0);
    const made = some.map(task => makeSample(task, sounding.sounding));
    const used = new Set(made.flatMap(({ recording }) => recording?.steps.map(({ name }) => name) ?? []));
    for (const name of ['ApplyImpulseResponse', 'AddBackgroundNoise', 'Gain', 'Normalize'])
      expect(used).toContain(name);
    // Another place on the disk, another process's order of files: the same sounds.
    const moved = join(folder, 'elsewhere');
    mkdirSync(moved);
    const files = resources.files.map((file, index) => ({ ...file, path: join(moved, `${index}.file`) }));
    for (const [index, { path }] of resources.files.entries()) copyFileSync(path, files[index]?.path ?? '');
    const elsewhere = await openedAfresh({ files: files.toReversed() });
    const choice = ({ catalogue }: OpenedSounding): string => JSON.stringify(catalogue);
    expect(choice(elsewhere)).toBe(choice(sounding));
    for (const sample of made) {
      const hashes = { midi: sha256(sample.midi), audio: { file: '0', pcm: pcmOf(sample) } };
      const [row] = rowsOf(sample, hashes).samples;
      const recipe = RecipeSchema.parse(JSON.parse(row?.recipe_json ?? ''));
      const spec = specOf(recipe, elsewhere.catalogue);
      if (!spec.ok) throw new Error(`${spec.failure} is not there`);
      const again = performExercise(spec.value);
      expect(sha256(encodePerformance(again))).toBe(row?.midi_sha256);
      expect(labelsOf(again)).toEqual(sample.labels);
      const steps = JSON.parse(row?.augmentation_json ?? '');
      const recording = recordingOf(
        spec.value,
        { kit: recipe.kit ?? '', preset: row?.augmentation_preset ?? '', steps },
        elsewhere.sounding,
      );
      expect(pcmOf({ recording })).toBe(hashes.audio.pcm);
    }
    const whole = { ...sounding.catalogue, grooves: [] };
    const file = made.find(({ source }) => source.startsWith('midi-'));
    expect(specOf(RecipeSchema.parse(file?.recipe), whole).ok).toBe(false);
    // A definition of the same name that says something else is another one.
    const figure = made.find(({ source }) => source === 'garden_gate');
    const redefined = { ...sounding.catalogue, definitions: { garden_gate: 'f'.repeat(64) } };
    expect(specOf(RecipeSchema.parse(figure?.recipe), sounding.catalogue).ok).toBe(true);
    expect(specOf(RecipeSchema.parse(figure?.recipe), redefined)).toEqual({
      ok: false,
      failure: 'garden_gate_inverted',
    });
  }, 60_000);

  it('refuses a font that has no drums, with what was measured', async () => {
    const path = join(folder, 'strings.sf2');
    writeFileSync(path, pitchedFont());
    const resolved = await resolveResources([{ kind: 'font', path }]);
    if (!resolved.ok) throw new Error(resolved.failure.map(explain).join('; '));
    const result = await openSounding(resolved.value.resources);
    expect(result.ok ? '' : explain(result.failure)).toMatch(
      /strings\.sf2 is not a valid SoundFont with a drum kit: .*flatness .* \(at least 0\.002\), 0\.\d\d of its sound after 150 ms \(at most 0\.2\)/,
    );
  });

  it.skipIf(!existsSync(GENERAL))(
    'has every drum kit of a General MIDI font as a kit of its own',
    async () => {
      const resolved = await resolveResources([{ kind: 'font', path: GENERAL }]);
      if (!resolved.ok) throw new Error(resolved.failure.map(explain).join('; '));
      const general = await opened(resolved.value.resources);
      const id = resolved.value.resources.files[0]?.sha256.slice(0, 8) ?? '';
      const theirs = general.catalogue.kits.filter(kit => kit.id.startsWith(id));
      expect(theirs.filter(({ isWholeKit }) => isWholeKit).length).toBeGreaterThan(4);
      // As many recordings of each performance as kits and presets give.
      const config = GenerationConfigSchema.parse({
        ...CONFIG,
        materials: 'rudiments',
        rudiments: ['flam'],
        kits: theirs.map(kit => kit.id),
        augmentations_per_sample: 3 * theirs.length,
      });
      const plan = planOf(config, { ...general.catalogue, recordings: {} });
      if (!plan.ok) throw new Error(plan.failure.join('; '));
      const kits = Array.from(
        { length: plan.value.count },
        (_, number) => plan.value.task(number).recording?.kit,
      );
      expect(new Set(kits).size).toBe(theirs.length);
    },
    60_000,
  );

  it('is not made with a file that has changed since it was chosen', async () => {
    const path = join(folder, 'midi/changing.mid');
    writeFileSync(path, groove('funk', 8));
    const resolved = await resolveResources([{ kind: 'midi', path }]);
    if (!resolved.ok) throw new Error(resolved.failure.map(explain).join('; '));
    writeFileSync(path, groove('funk', 9));
    const result = await openSounding(resolved.value.resources);
    expect(result.ok ? '' : explain(result.failure)).toMatch(
      /changing\.mid .* it has changed since the run began/,
    );
  });

  it('tells everything that is missing or broken at once', async () => {
    const bad = join(folder, 'bad.sf2');
    writeFileSync(bad, 'RIFF, but no font');
    const resolved = await resolveResources([
      { kind: 'font', path: join(folder, 'nowhere.sf2') },
      { kind: 'font', path: bad },
      { kind: 'midi', path: join(folder, 'rooms') },
      { kind: 'noise', path: join(folder, 'noises/notes.wav') },
    ]);
    expect(resolved.ok ? [] : resolved.failure.map(({ code }) => code)).toEqual([
      'notFound',
      'badFile',
      'noMidiFiles',
      'notAudio',
    ]);
  });

  it.each([
    ['seed: [1, 2\nnum_profiles: 3\n', /line \d+, column \d+: /],
    ['seed: 1\nseed: 2\n', /line 2, column 1: Map keys must be unique/],
    ['- a list\n', /line 1: it must be a mapping/],
    [
      'seed: 4\nnum_profiles: 0\n\nsample_rate: 48000\naudio_format: wav\nsamples_per_profile: 40\n',
      /line 2: num_profiles is 0, but must be .*; line 4: sample_rate is 48000, but must be 44100; line 5: audio_format is "wav", but must be "flac"; line 6: samples_per_profile is 40, but must be left out/,
    ],
    [
      'transforms:\n  - name: Gain\n  - name: Gein\n',
      /line 3: transforms\[1\]\.name is "Gein", but must be one of/,
    ],
    ['soundfont: kit.sf2\n', /line 1: soundfont: there is no such key; did you mean soundfont_path\?/],
  ])('is not configured by a broken file: %j', async (text, sentence) => {
    const path = join(folder, 'broken.yaml');
    writeFileSync(path, text);
    const read = await readDatasetConfig({ path });
    expect(read.ok ? '' : explain(read.failure)).toMatch(sentence);
  });

  it('takes the names that the seed has, and its capitals', async () => {
    const path = join(folder, 'seed.yaml');
    writeFileSync(
      path,
      'soundfont_path: null\nsample_rate: 44100\naudio_format: flac\naudio_subtype: PCM_24\ncompression: snappy\nbatch_size: 100\nverbose: true\naugmentation_presets: [CLEAN_STUDIO, GYM]\n',
    );
    const read = await readDatasetConfig({ path });
    expect(read.ok && read.value.config.augmentation_presets).toEqual(['clean_studio', 'gym']);
    expect(read.ok && read.value.rest.verbose).toBe(true);
    const flags = await readDatasetConfig({ path: null, flags: { tempos_per_rudiment: 0 } });
    expect(flags.ok ? '' : explain(flags.failure)).toBe(
      'tempos_per_rudiment is 0, but must be a whole number from 1 to 100.',
    );
  });

  it('is configured by a YAML file whose paths are from its folder', async () => {
    const path = join(folder, 'dataset.yaml');
    writeFileSync(
      path,
      'preset: small\nsoundfont_paths: [My Kit.sf2]\nmidi_folder: midi\nmaterials: both\noutput_dir: out\n',
    );
    const read = await readDatasetConfig({ path, flags: { num_profiles: 7, materials: undefined } });
    if (!read.ok) throw new Error(explain(read.failure));
    expect(read.value.config).toMatchObject({ materials: 'both', num_profiles: 7, tempos_per_rudiment: 1 });
    expect(read.value.files).toEqual([
      { kind: 'font', path: join(folder, 'My Kit.sf2') },
      { kind: 'midi', path: join(folder, 'midi') },
    ]);
    expect(read.value.rest).toMatchObject({ preset: 'small', out: join(folder, 'out') });
  });
});
