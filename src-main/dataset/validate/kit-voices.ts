import type { StruckEvidence } from '#shared/dataset';
import { type Sounding, struckEvidence } from '../sound';

const SNARE = 38;
/** Soft enough and loud enough that both ends of a kit's layers are heard. */
const VELOCITIES = [65, 120] as const;

/** Measures the snares of the kits that are here, each by the worse of a soft and a hard stroke; null for a kit of a font that is not. */
export const voiceOfKits =
  ({ synth, kits }: Sounding) =>
  (id: string, sha256: string): StruckEvidence | null => {
    const kit = kits.find(one => one.id === id && one.font === sha256);
    const snare = kit?.keys.find(({ note }) => note === SNARE);
    if (!kit || !snare) return null;
    const { font, bank, programs } = kit;
    const heard = VELOCITIES.map(velocity =>
      struckEvidence(synth.voice({ font, bank, program: programs[0] ?? 0, key: snare.key, velocity })),
    );
    // Silence is no drum.
    return {
      flatness: Math.min(...heard.map(evidence => evidence?.flatness ?? 0)),
      sustain: Math.max(...heard.map(evidence => evidence?.sustain_ratio ?? 1)),
    };
  };
