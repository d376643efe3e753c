import type { AugmentStep } from '../../augment';
import { fail, invariant, ok, Random, type Result } from '../../base';
import { augmentationGroupId, sampleId } from '../labels';
import { durationOf, type ExerciseSpec, LEAD_IN_MS, TAIL_MS } from '../performance';
import type { Player } from '../players';
import type { Hand } from '../rudiments';
import type { Catalogue } from './catalogue';
import type { GenerationConfig } from './config';
import { type Chosen, chosenOf, tempoRangeOf } from './chosen';
import type { GrooveBars, Piece } from './pieces';
import { planProblems } from './plan-problems';
import { filePlayers, plannedPlayers } from './planned-players';
import { DRY, recordingSteps } from './recording-steps';

/** One sample to be made. Everything of it follows from the configuration and its number. */
export interface Task {
  readonly number: number;
  readonly id: string;
  readonly groupId: string;
  readonly spec: ExerciseSpec;
  /** The hand that leads it. */
  readonly lead: Hand;
  /** What its material is taken from; see `Piece`. */
  readonly source: string;
  /** null: it is a figure. */
  readonly groove: GrooveBars | null;
  /** SHA-256 of the rudiment's file where it is not ours. */
  readonly definition: string | null;
  /** null: no audio is asked for. */
  readonly recording: {
    readonly kit: string;
    readonly preset: string;
    readonly steps: readonly AugmentStep[];
  } | null;
}

/**
 * All samples of a configuration, by number: players in order, of each every piece at every tempo with every recording; then MIDI files in order, of each
 * those players that play it.
 */
export interface Plan {
  readonly config: GenerationConfig;
  readonly count: number;
  readonly task: (number: number) => Task;
}

/** The plan of a configuration, or what is wrong with it, key by key. */
export function planOf(config: GenerationConfig, catalogue: Catalogue): Result<Plan, readonly string[]> {
  const chosen = chosenOf(config, catalogue);
  const problems = planProblems(config, catalogue, chosen);
  if (problems.length > 0) return fail(problems);
  const { pieces, files, wanted } = chosen;
  const players = plannedPlayers(config);
  const perPiece = config.tempos_per_rudiment * wanted;
  const everyones = config.num_profiles * pieces.length * perPiece;
  const perFile = Math.min(config.players_per_file, config.num_profiles);
  const playersOf = filePlayers(config, perFile);
  const count = everyones + files.length * perFile * perPiece;
  return ok({
    config,
    count,
    task(number) {
      invariant(number >= 0 && number < count, `the plan has a task ${number}`);
      const isEveryones = number < everyones;
      const turn = Math.floor((isEveryones ? number : number - everyones) / perPiece);
      const [piece, index] = isEveryones
        ? [pieces[turn % pieces.length], Math.floor(turn / pieces.length)]
        : [files[Math.floor(turn / perFile)], turn % perFile];
      invariant(piece, `there is something to play in task ${number}`);
      const player = players(isEveryones ? index : (playersOf(piece.source)[index] ?? 0));
      const tempoIndex = Math.floor((number % perPiece) / wanted);
      return taskOf({
        config,
        catalogue,
        chosen,
        number,
        player,
        piece,
        tempoIndex,
        recording: number % wanted,
      });
    },
  });
}

interface Wanted {
  readonly config: GenerationConfig;
  readonly catalogue: Catalogue;
  readonly chosen: Chosen;
  readonly number: number;
  readonly player: Player;
  readonly piece: Piece;
  readonly tempoIndex: number;
  /** Which of the performance's. */
  readonly recording: number;
}

function taskOf({ config, catalogue, chosen, number, player, piece, tempoIndex, recording }: Wanted): Task {
  const random = Random.ofSeed(config.seed).fork('plan', player.id, piece.slug);
  const tempo = tempoAt(
    random.fork('tempos'),
    tempoRangeOf(piece, config),
    config.tempos_per_rudiment,
    tempoIndex,
  );
  const performance = random.fork('performance', tempo);
  const lead = leadOf(piece, config, player, performance);
  const bars = piece.barBeats ? barsIn(config, piece.barBeats(), tempo) : 0;
  const spec: ExerciseSpec = {
    datasetSeed: config.seed,
    player,
    material: piece.material(lead, bars),
    tempo,
    take: 0,
    length:
      config.target_duration_sec === null
        ? { cycles: piece.barBeats ? config.groove_cycles : config.num_cycles_per_sample }
        : { seconds: config.target_duration_sec },
  };
  const among = piece.barBeats ? chosen.grooveRecordings : chosen.recordings;
  const heard = performance.fork('recordings').shuffled(among)[recording] ?? { kit: DRY, preset: DRY };
  const name = config.generate_audio ? heard : { kit: 'midi', preset: 'none' };
  return {
    number,
    id: sampleId(player, piece.slug, tempo, name.kit, name.preset),
    groupId: augmentationGroupId(player, piece.slug, tempo),
    spec,
    lead,
    source: piece.source,
    groove: piece.groove?.(bars) ?? null,
    definition: catalogue.definitions[piece.source] ?? null,
    recording: config.generate_audio
      ? {
          ...heard,
          steps: recordingSteps(heard.preset, performance.fork('steps', heard.kit, heard.preset), config, {
            sampleRate: DRAWN_RATE,
            seconds: durationOf(spec) / 1000,
            channelCount: 1,
            recordings: catalogue.recordings,
          }),
        }
      : null,
  };
}

/** Of what is recorded, Hz. */
const DRAWN_RATE = 44_100;

/** A groove is led by the player's own hand; figures as the configuration says. */
function leadOf(piece: Piece, { leads }: GenerationConfig, player: Player, performance: Random): Hand {
  if (piece.barBeats) return player.dominant_hand === 'left' ? 'L' : 'R';
  return leads === 'both' ? performance.fork('lead').pick(['R', 'L']) : leads;
}

/** How many of a groove's bars are played: all, or as many as fit into the duration asked for, and at least one. */
function barsIn(
  { target_duration_sec }: GenerationConfig,
  barBeats: readonly number[],
  tempo: number,
): number {
  if (target_duration_sec === null) return barBeats.length;
  let left = (target_duration_sec * 1000 - LEAD_IN_MS - TAIL_MS) / (60_000 / tempo);
  let bars = 0;
  for (const beats of barBeats) {
    left -= beats;
    if (left < -1e-9) break;
    bars++;
  }
  return Math.max(1, bars);
}

/** Tempos spread over the range: one drawn from each of `count` equal parts of it, so that none comes twice. */
function tempoAt(
  random: Random,
  [low, high]: readonly [number, number],
  count: number,
  index: number,
): number {
  const total = high - low + 1;
  const from = low + Math.floor((index * total) / count);
  const to = low + Math.floor(((index + 1) * total) / count);
  return from + random.fork(index).below(to - from);
}
