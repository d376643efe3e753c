import { type Meter, patternTicks, songBeatTicks, songPass } from '#shared/model';
import type { Place, Program, SongUnder } from './program';

/** Bars of the song in a pass; null when its meters differ from the song's, so that its bars are not the song's. */
function barsOfPass({ sections }: Program, { map }: SongUnder): number | null {
  const pattern = sections.length === 1 ? sections[0]?.pattern : undefined;
  const { numerator, denominator } = map.meter;
  const isSongs = (meter: Meter): boolean =>
    meter.numerator === numerator && meter.denominator === denominator;
  return pattern?.bars.every(isSongs) ? pattern.bars.length : null;
}

/** Where pass `along` stands on the song, its sections played one after another. */
export function passOnSong(program: Program, song: SongUnder, along: number) {
  const { sections } = program;
  const lengths = sections.map(({ pattern }) => patternTicks(pattern));
  const round = lengths.reduce((sum, length) => sum + length, 0);
  const index = along % sections.length;
  const own = lengths[index] ?? round;
  const whole = { bar: song.bar, barsOfPass: barsOfPass(program, song) };
  if (sections.length === 1) {
    return songPass(song.bars, song.map, { ...whole, length: own, index: along });
  }
  const before = lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
  const first = songPass(song.bars, song.map, {
    ...whole,
    length: round,
    index: Math.floor(along / sections.length),
  });
  return { beat: first.beat + before / songBeatTicks(song.map), ticks: own };
}

/** Second of the song at a place of the program. */
export function songSecondsAt(program: Program, song: SongUnder, { along, ticks }: Place): number {
  return song.map.secondsAt(passOnSong(program, song, along).beat + ticks / songBeatTicks(song.map));
}

/** The place that sounds at a second of the song; before the first pass its beginning. */
export function placeOnSong(program: Program, song: SongUnder, seconds: number): Place {
  const beat = song.map.beatAt(seconds);
  const sectionOf = (along: number): number => along % program.sections.length;
  const beatTicks = songBeatTicks(song.map);
  for (let along = 0; ; along++) {
    const here = passOnSong(program, song, along);
    const next = passOnSong(program, song, along + 1);
    if (beat < next.beat - 1e-9 || next.beat <= here.beat)
      return { along, section: sectionOf(along), ticks: Math.max(0, (beat - here.beat) * beatTicks) };
  }
}
