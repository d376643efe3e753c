import { atLeast, printed, type Section } from './section';

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);

export const datasets: Section = {
  title: 'Datasets',
  command: 'npm run bench -- dataset-samples; npm run bench -- dataset-writer',
  measure({ bench }) {
    const samples = bench('dataset-samples');
    const writer = bench('dataset-writer');
    return {
      text: `Samples of 9 s made whole with the five presets that a dataset has unless told otherwise, by seconds of one core's time: played, labelled, MIDI, sounded, recorded in a room by a microphone and a chain, FLAC of 24 bits. The public peer made 0.9 a second of one of our cores with its own chain.\n\n${printed(samples)}\n\nThe tables of a dataset as it grows:\n\n${printed(writer)}`,
      gates: [
        atLeast(
          'datasets: samples a second of one core, with audio and the whole chain',
          numberIn(samples, /augmentation: ([\d.]+)/),
          9,
          1,
        ),
        atLeast(
          'datasets: samples a second of one core, MIDI and labels alone',
          numberIn(samples, /alone: (\d+)/),
          1000,
          0,
        ),
        atLeast(
          "datasets: writer's rate at 100,000 samples to that at 5,000",
          numberIn(writer, /: ([\d.]+) \(at least/),
          0.9,
        ),
      ],
    };
  },
};
