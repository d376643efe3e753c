import { resolve } from 'node:path';
import type { Command } from 'commander';
import { GROOVE_STYLES, INSTRUMENTS, type Instrument, PLAIN_FRAME, ROLES, type Role } from '#shared/model';
import type { TakeKind } from '#shared/protocol';
import { type Context, performStep } from '../context';
import { UsageError } from '../failing';
import { oneOf, real, requiredOut, whole, withCommon } from '../options';
import { addTemplateCommands } from './templates';

interface Common {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly out_dir?: string;
}

interface EventFlags extends Common {
  readonly grid_json: string;
  readonly events_json: string;
  readonly pools_json: string;
}

/** Flags of takes; each command has those that it needs. */
interface TakeFlags extends Common {
  readonly take?: number;
  readonly temperature?: number;
  readonly style?: string;
  readonly lock?: readonly Role[];
  readonly top_p?: number;
  readonly density?: number;
  readonly feel?: number;
  readonly voices?: number;
  readonly free_hands?: boolean;
  readonly rows?: readonly Instrument[];
  readonly from_bar?: number;
  readonly to_bar?: number;
  readonly amount?: number;
  readonly count?: number;
  readonly bar?: number;
  readonly length?: number;
  readonly mode?: string;
  readonly colour?: string;
  readonly position?: number;
}

const WRITING_KINDS = ['new', 'continue', 'infill', 'vary', 'fill'] as const;
const PLAYING_KINDS = ['humanise', 'regroove', 'tap', 'morph'] as const;

const listOf =
  <Value extends string>(name: string, values: readonly Value[]) =>
  (text: string): readonly Value[] =>
    text.split(',').map(each => oneOf(name, values)(each.trim()));

const withTakeFlags = (command: Command): Command =>
  command
    .option('--take <number>', 'which of the seed’s takes, from 0', whole('--take', 0, 1000))
    .option('--temperature <number>', 'how free the choice is; 1 as learnt', real('--temperature', 0, 5))
    .option('--lock <roles>', `roles that stay as they are: ${ROLES.join(',')}`, listOf('--lock', ROLES));

const withManner = (command: Command): Command =>
  command.option('--style <name>', GROOVE_STYLES.join(', '), oneOf('--style', GROOVE_STYLES));

const withLimits = (command: Command): Command =>
  command
    .option('--voices <number>', 'voices that may sound at once', whole('--voices', 1, 9))
    .option('--free_hands', 'also what two hands and two feet cannot play', false);

const withWritingFlags = (command: Command): Command =>
  withLimits(command)
    .option('--top_p <0-1>', 'share of the likeliest strokes drawn from', real('--top_p', 0.01, 1))
    .option('--density <number>', 'strokes wished for in a bar of 4/4', real('--density', 1, 48))
    .option('--feel <0-1>', 'how much feel new strokes get', real('--feel', 0, 1));

const withRegion = (command: Command): Command =>
  command
    .option('--from_bar <number>', 'first bar to write, from 0', whole('--from_bar', 0, 127))
    .option('--to_bar <number>', 'first bar after them', whole('--to_bar', 1, 128))
    .option('--rows <codes>', 'instruments that may change: kick,snare,...', listOf('--rows', INSTRUMENTS));

/** The flags of each kind beside the common ones. */
const KIND_FLAGS: Readonly<Record<TakeKind, (command: Command) => Command>> = {
  new: command => withWritingFlags(command),
  continue: command =>
    withWritingFlags(command).option('--count <bars>', 'bars to add', whole('--count', 1, 127), 4),
  infill: command => withRegion(withWritingFlags(command)),
  vary: command => withAmount(withRegion(withWritingFlags(command))),
  fill: command =>
    withWritingFlags(command)
      .option('--bar <number>', 'bar of the fill, from 0', whole('--bar', 0, 127))
      .option('--length <sixteenths>', 'how much of the bar’s end', whole('--length', 2, 64)),
  humanise: command =>
    withAmount(command).option(
      '--mode <how>',
      'tight: the expected performance; human: one out of many',
      oneOf('--mode', ['tight', 'human']),
    ),
  regroove: command => command,
  tap: command =>
    withLimits(command).option(
      '--colour <which>',
      'exact, or colourful with rarer voices',
      oneOf('--colour', ['exact', 'colourful']),
    ),
  morph: command =>
    command.option('--position <0-1>', '0 is the groove, 1 the other', real('--position', 0, 1)),
};

const withAmount = (command: Command): Command =>
  command.option('--amount <0-1>', 'how much of it', real('--amount', 0, 1));

/** The take that flags mean, what is not given left out. */
function takeOf(kind: TakeKind, flags: TakeFlags): Readonly<Record<string, unknown>> {
  const { from_bar: from, to_bar: to } = flags;
  if ((from === undefined) !== (to === undefined))
    throw new UsageError('--from_bar and --to_bar belong together: give both, or neither for all bars.');
  if (from !== undefined && to !== undefined && to <= from)
    throw new UsageError(`--to_bar is ${to}, but must be greater than --from_bar, ${from}.`);
  if (kind === 'fill' && flags.bar === undefined)
    throw new UsageError('--bar is missing: name the bar of the fill.');
  const given = {
    seed: flags.seed,
    take: flags.take,
    temperature: flags.temperature,
    style: flags.style,
    locked: flags.lock,
    topP: flags.top_p,
    density: flags.density,
    feel: flags.feel,
    voices: flags.voices,
    playable: flags.free_hands === undefined ? undefined : !flags.free_hands,
    rows: flags.rows,
    bars: from === undefined ? undefined : { from, to },
    amount: flags.amount,
    count: flags.count,
    bar: flags.bar,
    length: flags.length,
    mode: flags.mode,
    colour: flags.colour,
    position: flags.position,
  };
  return { kind, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

const NOTHING = {
  tempo: 120,
  bars: [{ numerator: 4, denominator: 4 }],
  ...PLAIN_FRAME,
  notes: [],
};

/** `groove KIND IN... --out OUT`, MIDI in and out. */
export function addTakeCommands(program: Command, context: Context): void {
  const groove = program
    .command('groove')
    .description('takes on drum MIDI by the bundled models, and feel from one to another');
  addTemplateCommands(groove, context);

  for (const kind of [...WRITING_KINDS, ...PLAYING_KINDS]) {
    const command = withCommon(groove.command(kind).argument('<files...>', 'MIDI files or folders of them'));
    KIND_FLAGS[kind](withManner(withTakeFlags(command)))
      .description(DESCRIPTIONS[kind])
      .action(async (files: string[], flags: TakeFlags & { towards?: string }) => {
        if (kind === 'morph' && flags.towards === undefined)
          throw new UsageError('--towards is missing: name the MIDI file of the other groove.');
        const take = { ...takeOf(kind, flags), ...(kind === 'morph' ? { towards: NOTHING } : {}) };
        await performStep(context, flags, `Groove ${kind}`, {
          step: 'grooves',
          files: files.map(file => resolve(file)),
          take,
          towards: flags.towards === undefined ? null : resolve(flags.towards),
          empty: null,
          out: resolve(requiredOut(flags)),
        });
      });
    if (kind === 'morph') command.option('--towards <file>', 'MIDI file of the other groove');
  }

  withWritingFlags(withManner(withTakeFlags(withCommon(groove.command('generate')))))
    .description('grooves from nothing')
    .option('--bars <number>', 'bars of each', whole('--bars', 1, 128), 4)
    .option('--bpm <number>', 'tempo', real('--bpm', 20, 400), 120)
    .option('--count <number>', 'how many', whole('--count', 1, 10_000), 4)
    .action(async (flags: TakeFlags & { bars: number; bpm: number; count: number }) => {
      const { count, bars, bpm: tempo, ...others } = flags;
      await performStep(context, flags, 'Groove generate', {
        step: 'grooves',
        files: [],
        take: takeOf('new', others),
        towards: null,
        empty: { count, bars, tempo },
        out: resolve(requiredOut(flags)),
      });
    });
}

const DESCRIPTIONS: Readonly<Record<TakeKind, string>> = {
  new: 'what the groove’s player might play next, on the same bars',
  continue: 'more bars after the last',
  infill: 'bars or rows written anew, seeing what is around them',
  vary: 'some of the strokes changed',
  fill: 'a fill in a bar',
  humanise: 'velocities and feel of a drummer; also takes and gives JSON lines of windows',
  regroove: 'the same groove played once more',
  tap: 'a full beat of a rhythm',
  morph: 'a groove between two',
};

const takingEvents = (command: Command): Command =>
  withCommon(command)
    .requiredOption('--grid_json <file>', 'grid_N.json')
    .requiredOption('--events_json <file>', 'event_grid_N.json')
    .requiredOption('--pools_json <file>', 'pools_N.json');

const eventParams = (flags: EventFlags) => ({
  gridJson: resolve(flags.grid_json),
  eventsJson: resolve(flags.events_json),
  poolsJson: resolve(flags.pools_json),
  out: resolve(requiredOut(flags)),
});

/** The seeds' model steps: `transformer` and `groovae`. */
export function addModelCommands(program: Command, context: Context): void {
  const writing = withRegion(
    withWritingFlags(withManner(withTakeFlags(takingEvents(program.command('transformer'))))),
  );
  withAmount(writing)
    .description('transformer_output_N.mid and event_grid_transformer_N.json')
    .option(
      '--engine <name>',
      'drum-transformer, or the baseline markov',
      oneOf('--engine', ['drum-transformer', 'markov']),
      'drum-transformer',
    )
    .option('--task <what>', WRITING_KINDS.join(', '), oneOf('--task', WRITING_KINDS), 'new')
    .option('--count <bars>', 'of continue: bars to add', whole('--count', 1, 127))
    .option('--bar <number>', 'of fill: its bar, from 0', whole('--bar', 0, 127))
    .option('--length <sixteenths>', 'of fill: how much of the bar’s end', whole('--length', 2, 64))
    .action(
      async (flags: EventFlags & TakeFlags & { engine: string; task: (typeof WRITING_KINDS)[number] }) => {
        if (flags.engine === 'markov' && flags.task !== 'new')
          throw new UsageError(
            `--engine markov has no task ${flags.task}: use --engine drum-transformer for it.`,
          );
        const more = flags.task === 'continue' ? { count: 4 } : {};
        await performStep(context, flags, 'Transformer', {
          step: 'transformer',
          ...eventParams(flags),
          engine: flags.engine,
          take: { ...more, ...takeOf(flags.task, flags) },
        });
      },
    );

  const playing = withLimits(withManner(withTakeFlags(takingEvents(program.command('groovae')))));
  withAmount(playing)
    .description('event_grid_groovae_N.json: a groove played, varied or morphed by the groove models')
    .option('--task <what>', PLAYING_KINDS.join(', '), oneOf('--task', PLAYING_KINDS), 'humanise')
    .option('--mode <how>', 'of humanise: tight or human', oneOf('--mode', ['tight', 'human']))
    .option('--colour <which>', 'of tap: exact or colourful', oneOf('--colour', ['exact', 'colourful']))
    .option('--towards_json <file>', 'of morph: event_grid_N.json of the other groove')
    .option('--position <0-1>', 'of morph: 0 is the groove, 1 the other', real('--position', 0, 1))
    .option('--render', 'render it too: render_groovae_N.wav', false)
    .option('--sample_root <folder>', 'samples, if not where the pools say')
    .option('--render_sr <hertz>', 'sample rate of the render', whole('--render_sr', 8000, 192_000), 44_100)
    .action(
      async (
        flags: EventFlags &
          TakeFlags & {
            task: (typeof PLAYING_KINDS)[number];
            towards_json?: string;
            render: boolean;
            sample_root?: string;
            render_sr: number;
          },
      ) => {
        if (flags.task === 'morph' && flags.towards_json === undefined)
          throw new UsageError('--towards_json is missing: name the events of the other groove.');
        const take = takeOf(flags.task, flags);
        await performStep(context, flags, 'GrooVAE', {
          step: 'groovae',
          ...eventParams(flags),
          take: flags.task === 'morph' ? { ...take, towards: NOTHING } : take,
          towardsJson: flags.towards_json ? resolve(flags.towards_json) : null,
          render: flags.render,
          sampleRoot: flags.sample_root ? resolve(flags.sample_root) : null,
          renderSampleRate: flags.render_sr,
        });
      },
    );
}
