import { layerOf } from '#shared/compose';
import { rolesIn } from '#shared/mix';
import { type Kit, type Pattern, patternSeconds } from '#shared/model';
import { type ExportOptions, filesOf, type NamedFile, namedFiles, nameWordsOf } from '#shared/protocol';

/** A file that the export will write, and about how large it will be. */
export interface PlannedFile extends NamedFile {
  readonly bytes: number;
}

export interface ExportPlan {
  readonly files: readonly PlannedFile[];
  /** Length of what is played, without the tail, which ends where nothing rings. */
  readonly seconds: number;
  readonly bytes: number;
  /** About how long the export takes. */
  readonly workSeconds: number;
}

const BYTES_A_SAMPLE = { '16': 2, '24': 3, '32f': 4 } as const;
/** What FLAC leaves of a drum recording, about. */
const FLAC_SHARE = 0.55;
const MIDI_BYTES_A_NOTE = 9;
const LICENCE_BYTES_A_HIT = 330;
/** Seconds of a processor for a second of stereo audio at 44.1 kHz, as measured: a render, and each file by its format. */
const WORK = { render: 0.02, wav: 0.003, flac: 0.038, mp3: 0.023, start: 0.4 } as const;

/** The files that `options` ask for, under the names of one number. */
export function exportPlan(
  options: ExportOptions,
  words: { readonly patternName: string; readonly songName: string },
  pattern: Pattern,
  kit: Kit,
  number: number,
): ExportPlan {
  const { passes, loop, tailSeconds, sampleRate, layers, mp3Copy, mix, stems } = options;
  const nameless = filesOf(options, layer => rolesIn(layerOf(pattern, layer), kit, passes));
  const bars = patternSeconds(pattern) * passes;
  const seconds = bars + (loop ? 0 : tailSeconds);
  const named = namedFiles(options.naming, nameWordsOf(words, pattern, kit), nameless, number);
  const files = named.map(file => ({ ...file, bytes: sizeOf(file, options, pattern, seconds) }));
  const renders = mix || mp3Copy || stems !== 'none' ? layers.length : 0;
  const perSecond = files.reduce((sum, file) => sum + workOf(file), renders * WORK.render);
  return {
    files,
    seconds: bars,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    workSeconds: WORK.start + (perSecond * seconds * sampleRate) / 44_100,
  };
}

const workOf = ({ extension }: NamedFile): number =>
  extension === '.wav' ? WORK.wav : extension === '.flac' ? WORK.flac : extension === '.mp3' ? WORK.mp3 : 0;

function sizeOf(
  { extension, kind }: NamedFile,
  { bits, kilobits, sampleRate, passes }: ExportOptions,
  pattern: Pattern,
  seconds: number,
): number {
  const samples = seconds * sampleRate * 2;
  const distinct = new Set(pattern.notes.map(({ hit, instrument }) => hit ?? instrument)).size;
  switch (extension) {
    case '.wav':
      return Math.round(samples * BYTES_A_SAMPLE[bits]) + 44;
    case '.flac':
      return Math.round(samples * (bits === '16' ? 2 : 3) * FLAC_SHARE);
    case '.mp3':
      return Math.round((seconds * kilobits * 1000) / 8);
    default:
      return kind === 'licences'
        ? 1200 + distinct * LICENCE_BYTES_A_HIT
        : 200 + pattern.notes.length * passes * MIDI_BYTES_A_NOTE;
  }
}
