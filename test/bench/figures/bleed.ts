import { join } from 'node:path';
import { atLeast, printed, type Section } from './section';

export const bleed: Section = {
  title: 'Bleed',
  command: 'npm run bench -- bleed $BACKBEAT_DATA/mdb-drums/sep/mix $BACKBEAT_DATA/mdb-drums/sep/drums',
  measure({ data, bench }) {
    const text = bench('bleed', join(data, 'mdb-drums/sep/mix'), join(data, 'mdb-drums/sep/drums'));
    const together = /drum-stem mean ([\d.]+), all half seconds together ([\d.]+)/.exec(text);
    return {
      text: `Rank correlation of the bleed curve with the share of accompaniment that the separator truly let through, half second by half second: by track, and over all of them.\n\n${printed(text)}`,
      gates: [
        atLeast(
          'bleed curve of drum-stem: rank correlation, all half seconds',
          Number(together?.[2] ?? 0),
          0.6,
        ),
      ],
    };
  },
};
