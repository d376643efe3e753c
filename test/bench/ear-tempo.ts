// Tempo and beats of every WAV of a folder against MDB's beat files.
//   npm run bench -- ear-tempo DRUMS BEATS
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWav } from '#main/platform';
import { AccentMeter, estimateTempo, OnsetDetector } from '#shared/analysis';
import { toMono } from '#shared/model';

const [drums = '', beatFolder = ''] = process.argv.slice(2);
const beatFiles = await readdir(beatFolder);

/** F of two ascending lists of times, matched one to one within `window` seconds. */
function fMeasure(found: readonly number[], wanted: readonly number[], window: number): number {
  let hits = 0;
  for (let a = 0, b = 0; a < found.length && b < wanted.length; ) {
    const distance = (found[a] ?? 0) - (wanted[b] ?? 0);
    if (Math.abs(distance) <= window) hits++;
    if (distance <= window) a++;
    if (distance >= -window) b++;
  }
  return (2 * hits) / (found.length + wanted.length);
}

for (const name of (await readdir(drums)).filter(file => file.endsWith('.wav')).sort()) {
  const audio = await readWav(join(drums, name));
  if (!audio.ok) throw new Error(`${name}: ${audio.failure.code}`);
  const { sampleRate, samples } = toMono(audio.value);
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const detector = new OnsetDetector({ sampleRate, sensitivity: 0.5, peak });
  const onsets = [...detector.push(samples), ...detector.finish()];
  const meter = new AccentMeter(sampleRate, onsets);
  meter.push(samples);
  const tempo = estimateTempo(meter.accents(), samples.length / sampleRate);
  const track = name.split('_')[1]?.replace('.wav', '') ?? '';
  const file = beatFiles.find(beats => beats.includes(track)) ?? '';
  const beats = (await readFile(join(beatFolder, file), 'utf8'))
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const times = beats.map(([time = 0]) => time);
  const bars = beats.filter(([, place]) => place === 1).map(([time = 0]) => time);
  const trueBpm = (60 * (times.length - 1)) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  if (!tempo) console.log(`${track}: no pulse`);
  else {
    const first = tempo.beats.indexOf(tempo.firstDownbeat);
    const found = tempo.beats.filter((_, at) => (at - first) % tempo.meter.numerator === 0);
    console.log(
      `${track.padEnd(10)} true ${trueBpm.toFixed(2)} found ${tempo.bpm.toFixed(2)} confidence ${tempo.confidence.toFixed(2)}`,
      `beats F70 ${fMeasure(tempo.beats, times, 0.07).toFixed(3)} bars F70 ${fMeasure(found, bars, 0.07).toFixed(3)}`,
      `${tempo.meter.numerator}/4`,
    );
  }
}
