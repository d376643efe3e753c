import type { JobProgram } from '#main/jobs';
import type { Library } from '#main/library';
import { writeSoundsFile } from '../sound-map/sounds-file';

/** Least cosine of two vectors that are worth listening to: the ear tells less apart than the fingerprints that decide. */
const LEAST_COSINE = 0.9;
/** Two strokes on one drum by one hand are as alike as this or less; above it nobody tells them apart. */
const SAME_SOUND = 0.98;

const WEIGHTS = { compare: 1, listen: 2 } as const;

/** Looks through the whole library for sounds that are the same: by their vectors first, by their fingerprints in the end. */
export function findTwinsProgram(library: Library): JobProgram {
  return async call => {
    call.plan(2, WEIGHTS.compare + WEIGHTS.listen);
    const [shown] = await library.sounds.ears();
    const candidates = shown ? await candidatesOf(shown.ear) : { audio: [], pairs: [] };
    const heard = await library.twins.hits(candidates.audio);
    // A sound that no hit has any more is nobody's twin.
    const kept = candidates.audio.filter(audio => heard.has(audio));
    const number = new Map(kept.map((audio, at) => [audio, at]));
    const pairs = candidates.pairs.flatMap(([left, right]) => {
      const [a, b] = [number.get(left), number.get(right)];
      return a === undefined || b === undefined ? [] : [a, b];
    });
    const sounds = kept.flatMap(audio => {
      const hit = heard.get(audio);
      if (!hit) return [];
      const path = library.store.path({ sha256: audio, extension: hit.extension });
      return { file: { kind: 'file', path, sha256: audio }, attack: hit.attack, score: hit.score };
    });
    const { values } = await call.stage<{ groups: { members: number[]; likeness: number }[] }>(
      'confirm-twins',
      { sounds, pairs, least: SAME_SOUND },
      { title: 'Listening to sounds that may be the same', weight: WEIGHTS.listen },
    );
    const twins = values.groups.flatMap(({ members, likeness }) => {
      const leader = kept[members[0] ?? 0] ?? '';
      return members.map(member => ({ audio: kept[member] ?? '', leader, likeness }));
    });
    await library.write(at => at.twins.replace(twins));
    return { files: [], made: {}, data: { groups: values.groups.length, sounds: twins.length } };

    async function candidatesOf(ear: string) {
      const file = await writeSoundsFile(library, ear, 'all');
      try {
        if (file.audio.length < 2) return { audio: [], pairs: [] };
        const found = await call.stage<{ pairs: number[] }>(
          'twin-candidates',
          { sounds: await call.file(file.path), size: file.size, least: LEAST_COSINE },
          { title: 'Comparing sounds', weight: WEIGHTS.compare },
        );
        const rows = found.values.pairs;
        const audioOf = (at: number): string => file.audio[rows[at] ?? 0] ?? '';
        const pairs: [string, string][] = [];
        for (let at = 0; at + 1 < rows.length; at += 2) pairs.push([audioOf(at), audioOf(at + 1)]);
        return { audio: [...new Set(pairs.flat())].sort(), pairs };
      } finally {
        await file.remove();
      }
    }
  };
}
