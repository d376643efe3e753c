// Tempo, beats and bars against annotations.
//   npm run bench -- ear-tempo DRUMS BEATS              every WAV or FLAC of a folder against MDB's beat files
//   npm run bench -- ear-tempo groove [SPLIT] [plain]   Groove's performances as onset lists (needs BACKBEAT_DATA); `plain` without drum classes
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decoded } from '#test/audio-files';
import { tempoOf } from '#test/ears';
import { groovePerformances } from '#test/groove-midi';
import { scoreBeats, tempoOfPerformance } from '#test/beat-scores';

const [first = '', second = 'validation', third] = process.argv.slice(2);
if (first === 'groove') overGroove(second, third === 'plain');
else await overFolder(first, second);

async function overFolder(drums: string, beatFolder: string): Promise<void> {
  const beatFiles = await readdir(beatFolder);
  for (const name of (await readdir(drums)).filter(file => /\.(wav|flac)$/.test(file)).sort()) {
    const track = /MusicDelta_([^_.]+)/.exec(name)?.[1] ?? name;
    const file = beatFiles.find(beats => beats.includes(`_${track}_`)) ?? '';
    const rows = (await readFile(join(beatFolder, file), 'utf8'))
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/).map(Number));
    const beats = rows.map(([time = 0]) => time);
    const bars = rows.filter(([, place]) => place === 1).map(([time = 0]) => time);
    const tempo = tempoOf((await decoded(join(drums, name))).audio);
    if (!tempo) console.log(`${track}: no pulse`);
    else {
      const score = scoreBeats(tempo, { beats, bars });
      console.log(
        `${track.padEnd(10)} true ${score.trueBpm.toFixed(2)} found ${tempo.bpm.toFixed(2)} ${tempo.steady ? 'steady' : 'drifts'} sure ${tempo.confidence.toFixed(2)}`,
        `beats F70 ${score.beats.toFixed(3)} bars F70 ${score.bars.toFixed(3)}`,
        tempo.meters
          .map(({ meter, confidence }) => `${meter.numerator}/${meter.denominator} ${confidence.toFixed(2)}`)
          .join(', '),
        `| ${tempo.candidates.map(({ bpm, confidence }) => `${bpm.toFixed(1)} ${confidence.toFixed(2)}`).join(', ')}`,
      );
    }
  }
}

function overGroove(split: string, isPlain: boolean): void {
  const all = (groovePerformances() ?? []).filter(each => each.split === split && !each.isFill);
  const sums = {
    count: 0,
    pulse: 0,
    exact: 0,
    octave: 0,
    steady: 0,
    meter: 0,
    beats: 0,
    phase: 0,
    phaseOf: 0,
  };
  for (const performance of all) {
    if ((performance.strokes.at(-1)?.time ?? 0) < 15) continue;
    sums.count++;
    const { tempo, truth } = tempoOfPerformance(performance, isPlain);
    if (!tempo) {
      console.log(`${performance.name}: no pulse`);
      continue;
    }
    sums.pulse++;
    const score = scoreBeats(tempo, truth);
    const ratio = tempo.bpm / performance.bpm;
    const isExact = Math.abs(ratio - 1) < 0.01;
    const isMeter =
      tempo.meter.numerator === performance.meter.numerator &&
      tempo.meter.denominator === performance.meter.denominator;
    if (isExact) sums.exact++;
    if ([1, 2, 0.5].some(other => Math.abs(ratio / other - 1) < 0.01)) sums.octave++;
    if (tempo.steady) sums.steady++;
    if (isMeter) sums.meter++;
    sums.beats += score.beats;
    if (isExact && isMeter) {
      sums.phaseOf++;
      if (score.bars > 0.8) sums.phase++;
    }
    if (!isExact || !isMeter || score.bars < 0.8)
      console.log(
        `${performance.name} ${performance.style} ${performance.bpm} ${performance.meter.numerator}/${performance.meter.denominator}:`,
        `${tempo.bpm.toFixed(2)} ${tempo.meter.numerator}/${tempo.meter.denominator} ${tempo.steady ? '' : 'drifts '}beats ${score.beats.toFixed(2)} bars ${score.bars.toFixed(2)}`,
        tempo.meters
          .map(({ meter, confidence }) => `${meter.numerator}/${meter.denominator} ${confidence.toFixed(2)}`)
          .join(', '),
      );
  }
  const share = (count: number, of: number): string =>
    `${count} of ${of} (${((100 * count) / of).toFixed(1)} %)`;
  console.log(
    `${split}${isPlain ? ', no classes' : ''}: pulse ${share(sums.pulse, sums.count)}, tempo exact ${share(sums.exact, sums.count)}, with octaves ${share(sums.octave, sums.count)}, steady ${share(sums.steady, sums.count)}, meter ${share(sums.meter, sums.count)}, bar 1 right ${share(sums.phase, sums.phaseOf)} of those with tempo and meter, beats F ${(sums.beats / sums.count).toFixed(3)}`,
  );
}
