import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMidi } from 'midi-file';
import { GROOVE_STYLES, type GrooveStyle } from '#shared/model';
import { DATA } from './material';

/** Pitches of the Roland TD-11 by the nine classes of the groove models. */
const PITCHES = [
  [36, 35],
  [38, 37, 40, 39],
  [42, 22, 44],
  [46, 26],
  [43, 58, 41],
  [47, 45],
  [50, 48],
  [49, 52, 55, 57],
  [51, 53, 59],
];
const CLASS_OF = new Map(PITCHES.flatMap((pitches, index) => pitches.map(pitch => [pitch, index] as const)));

/** One stroke on the sixteenth grid: of several of a class in a step the loudest. */
export interface GridStroke {
  readonly step: number;
  readonly class: number;
  /** In sixteenths, played minus written, -0.5..0.5. */
  readonly offset: number;
  /** 0..1. */
  readonly velocity: number;
}

/** A 4/4 performance of the Groove MIDI Dataset. */
export interface GridPerformance {
  readonly id: string;
  readonly split: string;
  readonly isBeat: boolean;
  readonly style: GrooveStyle;
  readonly bpm: number;
  /** By step, then class. */
  readonly strokes: readonly GridStroke[];
}

/** All 4/4 performances in the order of the data set's own table; none without the data. */
export function grooveSet(): GridPerformance[] {
  if (!DATA) return [];
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-groove-'));
  try {
    execFileSync('python3', ['-m', 'zipfile', '-e', join(DATA, 'gmd/groove-v1.0.0-midionly.zip'), folder]);
    const [head = '', ...lines] = readFileSync(join(folder, 'groove/info.csv'), 'utf8').trim().split(/\r?\n/);
    const columns = head.split(',');
    return lines.flatMap(line => {
      const cells = line.split(',');
      const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
      if (cell('time_signature') !== '4-4') return [];
      const strokes = strokesOf(readFileSync(join(folder, 'groove', cell('midi_filename'))));
      const [primary = ''] = cell('style').split('/');
      return {
        id: cell('id'),
        split: cell('split'),
        isBeat: cell('beat_type') === 'beat',
        style: GROOVE_STYLES.find(style => style === primary) ?? 'other',
        bpm: Number(cell('bpm')),
        strokes,
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function strokesOf(midi: Uint8Array): GridStroke[] {
  const { header, tracks } = parseMidi(midi);
  const best = new Map<number, GridStroke>();
  for (const track of tracks) {
    let tick = 0;
    for (const event of track) {
      tick += event.deltaTime;
      if (event.type !== 'noteOn' || event.velocity === 0) continue;
      const index = CLASS_OF.get(event.noteNumber);
      if (index === undefined) continue;
      const at = (tick / (header.ticksPerBeat ?? 480)) * 4;
      const step = Math.floor(at + 0.5);
      const velocity = event.velocity / 127;
      const key = step * PITCHES.length + index;
      if (velocity > (best.get(key)?.velocity ?? 0))
        best.set(key, { step, class: index, offset: at - step, velocity });
    }
  }
  return [...best].sort(([a], [b]) => a - b).map(([, stroke]) => stroke);
}

/** Two-bar windows a bar apart of performances of two bars or more; steps count from each window's start. */
export function windowsOf({ strokes }: GridPerformance): GridStroke[][] {
  const bars = Math.floor((strokes.at(-1)?.step ?? -1) / 16) + 1;
  return Array.from({ length: Math.max(0, bars - 1) }, (_, bar) =>
    strokes
      .filter(({ step }) => step >= bar * 16 && step < (bar + 2) * 16)
      .map(stroke => ({ ...stroke, step: stroke.step - bar * 16 })),
  ).filter(window => window.length > 0);
}
