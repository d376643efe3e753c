import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import {
  discardTakes,
  generate,
  hearSide,
  hearTake,
  keepTake,
  keysOf,
  nextTake,
  reopenRun,
  type Run,
  TAKE_COUNT,
  type TakeView,
  useDocument,
  useTakes,
} from '#renderer/state';
import { Button, classNames, IconButton, Keys, percent, Picker, Segments, signed } from '#renderer/ui';
import { TakePicture } from './take-picture';

const NUMBERS = Array.from({ length: TAKE_COUNT }, (_, number) => number);

/** The takes of a seed: each heard in place, compared with the groove before at equal loudness, kept or put away. */
export function TakesPanel() {
  const { run, problem, isGenerating } = useTakes();
  return (
    <section aria-label="Takes" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-1 pr-2 pl-3">
        <h3 className="type-strong">Takes</h3>
        <span className="ml-1 flex-1 truncate text-ink-3">{run ? `${TAKE_COUNT} forks` : 'none yet'}</span>
        <EarlierRuns />
        {run ? (
          <>
            <IconButton label="Take before" keys={keysOf('take-previous')} small onPress={() => nextTake(-1)}>
              <ChevronLeft size={14} strokeWidth={1.6} aria-hidden="true" />
            </IconButton>
            <IconButton label="Next take" keys={keysOf('take-next')} small onPress={() => nextTake(1)}>
              <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
            </IconButton>
            <IconButton
              label="Put the takes away"
              keys={keysOf('discard-takes')}
              small
              onPress={discardTakes}
            >
              <X size={14} strokeWidth={1.6} aria-hidden="true" />
            </IconButton>
          </>
        ) : null}
      </div>
      {problem === null ? null : (
        <div role="alert" className="mx-3 mb-2 flex flex-col gap-2 rounded-r2 bg-bad-wash p-2.5">
          <span>{problem}</span>
          <span>
            <Button small onPress={() => void generate()}>
              Try again
            </Button>
          </span>
        </div>
      )}
      {run ? <Cards run={run} isGenerating={isGenerating} /> : <NoTakes />}
      {run ? <Sides run={run} /> : null}
    </section>
  );
}

function NoTakes() {
  return (
    <p className="px-3 text-ink-3">
      Generate makes four takes on the seed and plays them in place of the groove. Nothing changes until one
      is kept: {keysOf('take-next')} hears the next, {keysOf('switch-sides')} the groove before.
    </p>
  );
}

/** Takes that were made before on this groove. */
function EarlierRuns() {
  const documentId = useDocument(state => state.id);
  const { run, runs } = useTakes();
  const earlier = runs.filter(one => one.documentId === documentId && one.id !== run?.id).toReversed();
  if (earlier.length === 0) return null;
  return (
    <Picker
      label="Earlier takes"
      value={null}
      placeholder="Earlier"
      choices={earlier.map(one => ({ value: String(one.id), name: one.label.replace(/^Generate /, '') }))}
      onChange={id => reopenRun(Number(id))}
      className="w-21"
    />
  );
}

function Cards({ run, isGenerating }: { readonly run: Run; readonly isGenerating: boolean }) {
  const { chosen, side } = useTakes();
  return (
    <ol className="flex flex-col gap-1.5 px-3 pb-2">
      {NUMBERS.map(number => (
        <li key={number}>
          {run.takes[number] ? (
            <Card
              take={run.takes[number]}
              run={run}
              number={number}
              isHeard={number === chosen && side === 'B'}
              isChosen={number === chosen}
            />
          ) : (
            <div className="grid h-18 place-items-center rounded-r3 border border-dashed border-line text-ink-3 tall:h-22">
              {isGenerating ? `Take ${number + 1} is on its way` : `No take ${number + 1}`}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

interface CardProps {
  readonly take: TakeView;
  readonly run: Run;
  readonly number: number;
  readonly isHeard: boolean;
  readonly isChosen: boolean;
}

function Card({ take, run, number, isHeard, isChosen }: CardProps) {
  const { pattern, difference } = take;
  const facts = [
    `${pattern.notes.length} hits`,
    `${signed(difference.meanOffset, 1)} ms`,
    `${percent(difference.kept)} kept`,
  ];
  return (
    <AriaButton
      aria-label={`Take ${number + 1}: ${facts.join(', ')}, ${difference.added.size} new, ${difference.changed.size} changed, ${difference.removed.length} gone`}
      aria-pressed={isHeard}
      onPress={() => hearTake(number)}
      className={classNames(
        'focus-ring flex h-18 w-full gap-2 rounded-r3 border p-1.5 text-left tall:h-22',
        isHeard ? 'border-ink-1 bg-bg-2' : isChosen ? 'border-edge bg-bg-0' : 'border-line bg-bg-0',
        'data-[hovered]:border-edge',
      )}
    >
      <b className="w-4 shrink-0 pl-1 font-semibold">{number + 1}</b>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="min-h-0 flex-1">
          <TakePicture pattern={pattern} base={run.base} difference={difference} />
        </span>
        <span className="flex justify-between type-label text-ink-2">
          {facts.map(fact => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      </span>
    </AriaButton>
  );
}

/** Before and take, as loud, at the same place of the bar. */
function Sides({ run }: { readonly run: Run }) {
  const { side, chosen } = useTakes();
  const take = run.takes[chosen];
  return (
    <div className="sticky bottom-0 mt-auto flex flex-col gap-2 border-t border-line bg-bg-1 p-3">
      <div className="flex items-center gap-2">
        <Segments
          label="Groove before, or the take"
          fill
          value={side}
          choices={[
            { value: 'A', name: 'A  Before' },
            { value: 'B', name: `B  Take ${chosen + 1}` },
          ]}
          onChange={hearSide}
        />
        <Keys keys={keysOf('switch-sides')} />
      </div>
      <div className="flex items-center justify-between gap-2">
        <span className="truncate text-ink-3">
          {take ? `Matched, ${signed(take.gainDecibels, 1)} dB` : 'Awaited'}
        </span>
        <Button look="primary" small isDisabled={!take} onPress={keepTake}>
          Keep take {chosen + 1}
        </Button>
      </div>
    </div>
  );
}
