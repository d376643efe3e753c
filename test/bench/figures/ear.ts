import { atLeast, printed, type Section } from './section';

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);

export const ear: Section = {
  title: 'The ear',
  command: 'npm run bench -- ear-words',
  measure({ bench }) {
    const text = bench('ear-words');
    return {
      text: `\`drum-clap\` on the kits of "Roles and instruments" that judge only (TimGM6mb, The Black Pearl, HardElectro1, Gimme A Hand), each distinct sound once. Zero-shot: the class whose prompts in the training folder are together the likeliest (the sum of exp(cosine / .05), as the program has it), nothing else; pedal hats count as closed ones, middle toms are left out. Queries: those of \`native-models/training/drum-clap/queries.json\` that at least five of these sounds fulfil by the committed thresholds (measured here by the same eight measures; things and origins by the kits' labels; none of these sounds is treated, so nobody can say of rooms and drive). Recall@10: share that fulfils the query among the ten best, of min(10, fulfilling sounds), the sounds that nobody can judge left out of the ranking as in training, and with them counted as wrong. Attributes: queries with a measured quality. The search is the program's own: the ear and the eight measures that words for qualities ask for; weights chosen on other kits, names of hits say nothing. The endings of words and the phrases that its lexicon knows were completed with these 200 queries in sight, so that of them only the ear alone is held out.\n\n${printed(text)}`,
      gates: [
        atLeast(
          'drum-clap: 12 classes by prompts alone on unseen kits, balanced',
          numberIn(text, /12 classes: balanced accuracy ([\d.]+)/),
          0.9,
          3,
        ),
        atLeast(
          'drum-clap: recall@10 of attribute queries, by the ear alone',
          numberIn(text, /^ear alone, attributes: recall@10 ([\d.]+)/m),
          0.9,
          3,
        ),
        atLeast(
          'search by words: recall@10 of attribute queries',
          numberIn(text, /^search, attributes: recall@10 ([\d.]+)/m),
          0.9,
          3,
        ),
      ],
    };
  },
};
