import { readFile } from 'node:fs/promises';
import { parseMidi } from 'midi-file';
import type { FileNote } from '#shared/dataset';

/** The drum notes of a MIDI file by another's reader than the one that Backbeat writes with; null where it cannot be read. */
export async function midiNotes(path: string): Promise<readonly FileNote[] | null> {
  try {
    const { header, tracks } = parseMidi(await readFile(path));
    const notes: FileNote[] = [];
    let msPerTick = 500 / (header.ticksPerBeat ?? 480);
    for (const track of tracks) {
      let ms = 0;
      for (const event of track) {
        ms += event.deltaTime * msPerTick;
        if (event.type === 'setTempo')
          msPerTick = event.microsecondsPerBeat / 1000 / (header.ticksPerBeat ?? 480);
        if (event.type === 'noteOn' && event.velocity > 0 && event.channel === 9)
          notes.push({ ms, note: event.noteNumber, velocity: event.velocity });
      }
    }
    return notes;
  } catch {
    return null;
  }
}
