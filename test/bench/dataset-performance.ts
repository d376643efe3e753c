// How fast performances, their MIDI and their labels are made on one core (its own time, whatever else the machine does), what the tiers
// score, and how near a professional of ours is to those of the Groove MIDI Dataset.
//   npm run bench -- dataset-performance [tiers|realism]      (realism needs BACKBEAT_DATA)
import { bundledRudiments } from '#main/dataset';
import {
  encodePerformance,
  labelsOf,
  performExercise,
  type Player,
  type Rudiment,
  rudimentMaterial,
  samplePlayer,
  TIERS,
} from '#shared/dataset';
import { grooveRealism } from '#test/groove-realism';

const SEED = 42;
const TEMPOS = [60, 90, 120, 150, 180];
const rudiments = bundledRudiments();

function exercise(rudiment: Rudiment, player: Player, tempo: number, take: number) {
  const material = rudimentMaterial(rudiment, take % 2 === 0 ? 'R' : 'L');
  return performExercise({ datasetSeed: SEED, player, material, tempo, take, length: { seconds: 9 } });
}

function measureSpeed(): void {
  const players = TIERS.flatMap(tier => [0, 1, 2].map(number => samplePlayer(SEED, tier, number)));
  for (const take of [0, 1]) {
    const started = process.cpuUsage();
    let samples = 0;
    let strokes = 0;
    let bytes = 0;
    for (const player of players)
      for (const rudiment of rudiments)
        for (const tempo of [70, 110, 150]) {
          const played = exercise(rudiment, player, tempo, take);
          bytes += encodePerformance(played).length;
          strokes += labelsOf(played).strokes.length;
          samples++;
        }
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    console.log(
      `${take === 0 ? 'cold' : 'warm'}: ${samples} samples of 9 s in ${seconds.toFixed(2)} s of one core's time: ${Math.round(samples / seconds)} samples/s, ${Math.round(strokes / samples)} strokes and ${Math.round(bytes / samples)} bytes of MIDI each`,
    );
  }
}

function scoreTiers(): void {
  for (const tier of TIERS) {
    const overall: Record<'one' | 'two', number[]> = { one: [], two: [] };
    for (let number = 0; number < 200; number++) {
      const rudiment = rudiments[(number * 7) % rudiments.length] as Rudiment;
      const played = exercise(rudiment, samplePlayer(SEED, tier, number), TEMPOS[number % 5] ?? 120, 0);
      const { exercise_scores, exercise_scores_v2 } = labelsOf(played);
      overall.one.push(exercise_scores.overall_score);
      overall.two.push(exercise_scores_v2.overall_score);
    }
    console.log(`${tier.padEnd(13)} version 1 ${spread(overall.one)}   version 2 ${spread(overall.two)}`);
  }
}

function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return `${mean.toFixed(1)} +- ${Math.sqrt(variance).toFixed(1)}`;
}

function compareWithPeople(): void {
  const measured = grooveRealism();
  if (!measured) return console.log('BACKBEAT_DATA is not set.');
  const { grooves, strokes, lags, spread: of, distance } = measured;
  console.log(`${strokes} hi-hats of ${grooves} grooves`);
  for (const { lag, human, own, shuffled } of lags)
    console.log(
      `errors at lag ${lag}: people ${human.toFixed(2)}, ours ${own.toFixed(2)}, ours shuffled ${shuffled.toFixed(2)}`,
    );
  console.log(
    `spread: people ${of.human.toFixed(1)} ms (${of.low.toFixed(1)} to ${of.high.toFixed(1)}), ours ${of.own.toFixed(1)} ms, ${(100 * of.within).toFixed(0)} % within`,
  );
  console.log(`Kolmogorov-Smirnov distance of the errors: ${distance.toFixed(3)}`);
}

if (process.argv[2] === 'tiers') scoreTiers();
else if (process.argv[2] === 'realism') compareWithPeople();
else measureSpeed();
