import { atMost, printed, type Section } from './section';

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);

export const speed: Section = {
  title: 'From song to kit',
  command: 'npm run bench -- song-to-kit',
  measure({ bench }) {
    const text = bench('song-to-kit');
    return {
      text: `A song of three minutes through the whole line with the bundled models: more than a kit, a groove is made and rendered as well. Seconds of processors are what it takes with nothing else on the machine and no second core; seconds of the clock depend on what else the machine did.\n\n${printed(text)}`,
      gates: [
        atMost(
          'song to kit: seconds of the clock by its length',
          numberIn(text, /wall \/ length ([\d.]+)/),
          0.5,
          3,
        ),
        atMost(
          'song to kit: seconds of processors by its length',
          numberIn(text, /processor \/ length ([\d.]+)/),
          0.5,
          3,
        ),
      ],
    };
  },
};

export const memory: Section = {
  title: 'Memory',
  command: 'npm run bench -- preprocess-memory',
  measure({ bench }) {
    const text = bench('preprocess-memory');
    return {
      text: printed(text),
      gates: [atMost('memory: 60 minutes against 5, % more', numberIn(text, /: (-?[\d.]+) % more/), 10, 1)],
    };
  },
};

export const inference: Section = {
  title: 'Inference against a bare loop',
  command: 'npm run bench -- inference-ratio 5 1',
  measure({ bench }) {
    const text = bench('inference-ratio', '5', '1');
    return {
      text: `A graph of HTDemucs' size with random weights.\n\n${printed(text)}`,
      gates: [
        atMost(
          'inference: processor time by that of a bare loop, drums alone',
          numberIn(text, /drums alone: .*processor [\d.]+ s \(x ([\d.]+)\)/),
          1.1,
          3,
        ),
      ],
    };
  },
};
