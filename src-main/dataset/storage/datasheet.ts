import { z } from 'zod';
import type { DatasetMeta } from './meta';
import type { Totals } from './totals';

/** Answers to the questions of "Datasheets for Datasets" (Gebru et al. 2021), as far as the generator knows them. */
export const datasheet = (meta: DatasetMeta, totals: Totals): string => `## Datasheet

### Motivation
For training and testing programs that hear who plays how well, what is played and where each stroke lies: with a truth that no annotator could write down, down to the
stroke that was meant, the one that came, and why they differ. Made with ${meta.generator.name} ${meta.generator.version} by whoever publishes it.

### Composition
Every sample is one performance of one figure by one simulated player at one tempo${totals.recordings === 0 ? '' : ', heard on one kit in one recording chain'}. **Nothing of it was played, sung, written or recorded by a person**, nobody
is described by it, and it holds no personal data. Labels are what the generator meant: exact by construction, and self-referential. A score says what its formula
says. Samples that share \`augmentation_group_id\` are the same performance; samples that share \`profile_id\` are the same player. Nothing is missing on purpose but ${totals.recordings === totals.samples ? 'what rare mishaps take away, which stands in `mishaps`' : 'audio, where `audio_path` is null'}.

| what | whence |
|---|---|
| the 40 rudiments: strokes, stickings, graces, accents | the published international drum rudiments |
| spacing of flams and drags, professional tier | evidence: measured on annotated recordings of lessons (flam 42 ms with a spread of 8, drag 58 and 59 ms) |
| bounces of buzz strokes, 20 to 40 ms | derived from what teachers say of their number |
| autocorrelation of timing errors, their spread by tempo, their place to the click | evidence: measured on 13.6 hours of human grooves |
| negative correlation of neighbouring intervals | evidence: the two-level model of timing in the literature |
| loudness against velocity | the synthesiser's own law, about 40 log10(velocity / 127) dB |
| absorption, distance, proximity, polar patterns | physics; response curves are typical of a kind of microphone, not measured on one |
| all tiers below the professional, hand asymmetry, fatigue | **design choice**: no published values are known |
| rates of mishaps, borders of tiers, weights of scores | **design choice** |
| which rooms, microphones and chains occur, and how often | **design choice** |

### Collection
None. Everything follows from the configuration and the seed ${meta.seed}; \`manifest.json\` of the generated dataset holds both.

### Preprocessing
None beyond what \`augmentation_json\` names, step by step with all parameters. ${totals.recordings === 0 ? 'There is no audio.' : 'Audio is FLAC, 44.1 kHz, 24 bit, of which `audio_pcm_sha256` tells the samples. `audio_time_ms` of a stroke is where it sounds after all of these steps.'}

### Uses
Suited to learning onsets, strokes, stickings, ornaments, tempo and evenness, to testing such programs under known conditions, and to training before people's playing is used.
**Not suited** to statements about people: how well somebody plays, what a tier of players is like, what listeners like. **The gap**: simulated players are better behaved than
people, sounds are few and synthesised from layers, there is no bleed between drums, one instrument at a time is struck in the rudiments, and a model that is good here may
be poor on recordings. Test on recordings of people before saying anything about them.

### Distribution
${rights(meta, totals)}

### Maintenance
By whoever publishes it. A change of labels or of their meaning is a new major version, more rows or columns a minor one, a change of the card a patch.
Faults of the labels are best reported with the \`sample_id\`: its row rebuilds the sample.
`;

/** What a configuration tells of the maker's own files. */
const OwnFilesSchema = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });

function rights({ licence, soundfonts, config }: DatasetMeta, totals: Totals): string {
  const own = OwnFilesSchema.safeParse(config).data?.files ?? [];
  const fonts = soundfonts.map(font => `| SoundFont ${font.name} | ${font.licence} | \`${font.sha256}\` |`);
  const files = [...totals.resources].sort().map(sha256 => {
    const name = own.find(file => file.sha256 === sha256)?.name;
    return `| room response or noise${name === undefined ? '' : ` ${name}`} | not stated: a file of the maker's own | \`${sha256}\` |`;
  });
  const rows = [...fonts, ...files];
  if (rows.length === 0) return `Licence: ${licence}. No sounds of others are in it.`;
  return `Licence: ${licence}. What sounds in it:

| file | licence | SHA-256 |
|---|---|---|
${rows.join('\n')}
${totals.resources.size === 0 ? '\nAll rooms and noises are computed; no recordings of others are in it.' : ''}`;
}
