import { readFile } from 'node:fs/promises';
import { attempt } from '#main/platform';
import { fail, invariant, ok, type Result } from '#shared/base';
import { groovePatternOf, type MidiGroove, type ResourceFile } from '#shared/dataset';
import type { Pattern } from '#shared/model';
import type { Failure } from '#shared/protocol';

/** Patterns that are kept decoded; each is as long as a performance of minutes. */
const KEPT_PATTERNS = 64;
/** Of all files of a run together: every worker holds them. */
const MOST_BYTES = 256e6;

/** The MIDI files among `files`; decoded to be checked, then again when they are played. */
export async function groovesOf(
  files: readonly ResourceFile[],
): Promise<Result<readonly MidiGroove[], Failure>> {
  const kept = new Map<string, Pattern>();
  const grooves: MidiGroove[] = [];
  let size = 0;
  for (const { kind, path, name, sha256 } of files) {
    if (kind !== 'midi') continue;
    const read = await attempt(path, () => readFile(path));
    if (!read.ok) return read;
    const bytes = read.value;
    size += bytes.length;
    if (size > MOST_BYTES)
      return fail({
        code: 'badOption',
        option: 'midi_folder',
        value: `more than ${MOST_BYTES / 1e6} MB of MIDI files`,
        wanted: 'fewer: every worker holds them in memory',
      });
    const checked = groovePatternOf(bytes);
    if (!checked.ok)
      return fail({ code: 'badFile', path, format: 'MIDI file', problems: [...checked.failure] });
    const { tempo, bars } = checked.value;
    grooves.push({ sha256, name, tempo, bars: bars.length, pattern: () => lately(kept, sha256, bytes) });
  }
  return ok(grooves);
}

/** Of the patterns asked for last. */
function lately(kept: Map<string, Pattern>, sha256: string, bytes: Uint8Array): Pattern {
  const known = kept.get(sha256);
  kept.delete(sha256);
  const decoded = known ? ok(known) : groovePatternOf(bytes);
  invariant(decoded.ok, `${sha256} was decoded before`);
  kept.set(sha256, decoded.value);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_PATTERNS && oldest !== undefined) kept.delete(oldest);
  return decoded.value;
}
