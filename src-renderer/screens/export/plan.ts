import { canSound } from '#renderer/state';
import { layerOf } from '#shared/compose';
import { type Kit, type Pattern, patternSeconds, type Role, ROLES_IN_ORDER } from '#shared/model';
import type { ExportRequest } from '#shared/protocol';

/** What the dialog is set to: the request less what follows from the open pattern. */
export type ExportSettings = Omit<ExportRequest, 'pattern' | 'kitId' | 'name' | 'folder'>;

/** A file that the export will write, and about how large it will be. */
export interface PlannedFile {
  readonly name: string;
  readonly kind: 'audio' | 'midi';
  readonly role: Role | null;
  readonly bytes: number;
}

const BYTES_PER_SAMPLE = { '16': 2, '24': 3, '32f': 4 } as const;
const MP3_BYTES_PER_SECOND = 320_000 / 8;
const MIDI_BYTES_PER_NOTE = 9;

/** A name that every file system takes: "Verse A / take 2" is "verse-a-take-2". */
export function fileStem(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return (plain === '' ? 'groove' : plain).slice(0, 60);
}

/** The files that `settings` ask for. */
export function plannedFiles(
  settings: ExportSettings,
  pattern: Pattern,
  kit: Kit,
  stem: string,
): readonly PlannedFile[] {
  const written = layerOf(pattern, settings.layer).notes.filter(note => !note.muted);
  const heard = written.filter(note => canSound(note, kit));
  const seconds = patternSeconds(pattern) + settings.tailSeconds;
  const wavBytes =
    Math.round(seconds * settings.sampleRate * 2 * BYTES_PER_SAMPLE[settings.wav ?? '24']) + 44;
  const files: PlannedFile[] = [];
  if (settings.wav) files.push({ name: `${stem}.wav`, kind: 'audio', role: null, bytes: wavBytes });
  if (settings.mp3) {
    files.push({
      name: `${stem}.mp3`,
      kind: 'audio',
      role: null,
      bytes: Math.round(seconds * MP3_BYTES_PER_SECOND),
    });
  }
  if (settings.stems) {
    for (const role of ROLES_IN_ORDER.filter(one => heard.some(note => note.role === one))) {
      files.push({
        name: `${role}.wav`,
        kind: 'audio',
        role,
        bytes: wavBytes,
      });
    }
  }
  if (settings.midi) {
    files.push({
      name: `${stem}.mid`,
      kind: 'midi',
      role: null,
      bytes: 200 + written.length * MIDI_BYTES_PER_NOTE,
    });
  }
  return files;
}
