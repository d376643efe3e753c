import { z } from 'zod';
import type { AugmentStep } from '../../augment';
import { PRESETS } from '../../augment';
import type { SampleRow } from './tables';

/** What the seed's summary takes from each kind of step; everything else of it stands in the full record. */
const SUMMED = {
  RoomSimulator: z.object({ room: z.object({ kind: z.string(), wet: z.number() }) }),
  ApplyImpulseResponse: z.object({ recording: z.string().nullable() }),
  Microphone: z.object({ type: z.string(), distance: z.number() }),
  Compressor: z.object({ ratio: z.number() }),
  AddNoise: z.object({ snr: z.number() }),
  AddBackgroundNoise: z.object({ snr: z.number().nullable() }),
  BitDepth: z.object({ bits: z.number() }),
  BitCrush: z.object({ bits: z.number() }),
  Resample: z.object({ sampleRate: z.number() }),
  Aliasing: z.object({ sampleRate: z.number() }),
};

type Summary = Pick<
  SampleRow,
  | 'room_type'
  | 'room_wet_dry'
  | 'mic_distance'
  | 'mic_type'
  | 'compression_ratio'
  | 'noise_level_db'
  | 'bit_depth'
  | 'sample_rate'
>;

/** The seed's summary of a recording: of several steps of one kind the last, of bits and rates the lowest, of noises the loudest. */
export function recordingSummary(
  preset: string,
  steps: readonly AugmentStep[],
  file: { readonly bits: number; readonly sampleRate: number },
): Summary {
  const found = <Name extends keyof typeof SUMMED>(name: Name): z.infer<(typeof SUMMED)[Name]>[] =>
    steps
      .filter(step => step.name === name)
      .map(({ params }) => SUMMED[name].parse(params) as z.infer<(typeof SUMMED)[Name]>);
  const room = found('RoomSimulator').at(-1)?.room;
  const impulse = found('ApplyImpulseResponse').at(-1)?.recording ?? null;
  const microphone = found('Microphone').at(-1);
  const noises = [...found('AddNoise'), ...found('AddBackgroundNoise')].flatMap(({ snr }) => snr ?? []);
  return {
    room_type: room ? roomTypeOf(preset, room.kind) : impulse && `ir_${impulse.slice(0, 8)}`,
    room_wet_dry: room?.wet ?? null,
    mic_distance: microphone?.distance ?? null,
    mic_type: microphone?.type ?? null,
    compression_ratio: found('Compressor').at(-1)?.ratio ?? null,
    noise_level_db: noises.length > 0 ? -Math.min(...noises) : null,
    bit_depth: Math.min(file.bits, ...[...found('BitDepth'), ...found('BitCrush')].map(({ bits }) => bits)),
    sample_rate: Math.min(
      file.sampleRate,
      ...[...found('Resample'), ...found('Aliasing')].map(({ sampleRate }) => sampleRate),
    ),
  };
}

/** The preset's room where it has one; a room of its own is called by its kind. */
function roomTypeOf(preset: string, kind: string): string {
  const known = Object.entries(PRESETS).find(([name]) => name === preset)?.[1].room?.type;
  return known ?? (kind === 'field' ? 'outdoor' : kind);
}
