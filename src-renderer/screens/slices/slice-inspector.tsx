import { Play, Undo2 } from 'lucide-react';
import { Radio, RadioGroup } from 'react-aria-components';
import { useCallback } from 'react';
import {
  type Hit,
  type HitQuality,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Role,
  ROLE_NAMES,
  ROLES_IN_ORDER,
  type Track,
} from '#shared/model';
import { instrumentOf, overrideRole, roleOf, sliceSeconds } from '#renderer/state';
import {
  Button,
  Canvas,
  classNames,
  colour,
  columnsOfSamples,
  canvasFont,
  confidence,
  duration,
  drawColumns,
  Fact,
  IconButton,
  Keys,
  loudest,
  PanelHead,
  plain,
  preciseClock,
  RoleGlyph,
  roleToken,
  signed,
  Sure,
  useSliceAudio,
} from '#renderer/ui';
import { rowOnset, rowSeconds, type SliceRow, strokeName } from './slice-rows';
import { bleedWords, takeReasons } from './take-words';

/** Likelier guesses first; the rest is noise. */
const MOST_GUESSES = 5;

/** Everything known of one slice: its sound, what it is, what it does, why, how good a take it is, and what the user said. */
export function SliceInspector(props: {
  readonly track: Track;
  readonly row: SliceRow;
  readonly onAudition: () => void;
}) {
  const { track, row, onAudition } = props;
  const { hit, planned } = row;
  const flam = planned.flamFrames === null ? null : (planned.flamFrames / row.sampleRate) * 1000;
  return (
    <aside
      aria-label="Slice"
      data-panel=""
      tabIndex={-1}
      className="flex w-78 shrink-0 flex-col overflow-y-auto border-l border-line bg-bg-1"
    >
      <PanelHead
        title={`Slice ${row.index + 1}`}
        aside={flam === null ? undefined : `Flam, ${Math.round(flam)} ms`}
      >
        <IconButton small label="Audition" keys="Space" onPress={onAudition}>
          <Play size={13} fill="currentColor" aria-hidden="true" />
        </IconButton>
      </PanelHead>
      {hit ? (
        <>
          <CloseUp hit={hit} />
          <Instruments hit={hit} />
          <Roles hit={hit} />
          {hit.quality ? <TakeQuality quality={hit.quality} /> : null}
        </>
      ) : (
        <NotCut row={row} />
      )}
      {planned.strokes.length > 0 ? (
        <dl className="flex flex-col border-t border-line p-3">
          {planned.strokes.map(stroke => (
            <Fact key={stroke.class} name={`Heard: ${strokeName(stroke.class)}`}>
              {confidence(stroke.probability)}
            </Fact>
          ))}
        </dl>
      ) : null}
      <dl className="flex flex-col border-t border-line p-3">
        <Fact name="Onset">{preciseClock(rowOnset(row))}</Fact>
        <Fact name="Length">{duration(rowSeconds(row))}</Fact>
        {flam === null ? null : <Fact name="Second stroke">{signed(flam, 1)} ms</Fact>}
        {planned.edited === 'moved' ? (
          <Fact name="Moved by">
            {signed(((planned.onsetFrame - planned.origin) / row.sampleRate) * 1000, 1)} ms
          </Fact>
        ) : null}
        {hit ? <Fact name="Loudness in its track">{confidence(hit.velocity)}</Fact> : null}
        {hit ? <Fact name="Normalised by">{signed(20 * Math.log10(hit.gain), 1)} dB</Fact> : null}
        {hit ? <Fact name="Sounds alike, left out">{hit.duplicates.length}</Fact> : null}
      </dl>
      <dl className="flex flex-col border-t border-line p-3">
        <Fact name="From">{track.name}, drums</Fact>
        <Fact name="Rate">{(row.sampleRate / 1000).toFixed(1)} kHz</Fact>
        {hit ? (
          <Fact name="Hash">
            <span className="type-mono">
              {hit.audio.slice(0, 4)}…{hit.audio.slice(-4)}
            </span>
          </Fact>
        ) : null}
      </dl>
    </aside>
  );
}

/** A slice without audio of its own: left out as like another, or still to be cut. */
function NotCut({ row }: { readonly row: SliceRow }) {
  return (
    <p className="border-b border-line p-3 text-ink-2">
      {row.like
        ? `Left out of the kit: it sounds like slice ${row.likeNumber}, which is the better take. Move it by hand to keep it.`
        : 'It will be cut in a moment. Until then it plays from the stem.'}
    </p>
  );
}

function TakeQuality({ quality }: { readonly quality: HitQuality }) {
  const { rank, of } = quality.take;
  return (
    <section aria-label="Take" className="border-t border-line p-3">
      <div className="mb-1.5 flex items-baseline gap-2">
        <h3 className="flex-1 type-strong">Take</h3>
        <span className={rank === 1 && of > 1 ? 'text-ok' : 'text-ink-3'}>
          {of === 1 ? 'the only one' : rank === 1 ? `best of ${of}` : `${rank} of ${of}`}
        </span>
      </div>
      <dl className="flex flex-col">
        <Fact name="Quality">{confidence(quality.score)}</Fact>
        <Fact name="Bleed">{bleedWords(quality)}</Fact>
      </dl>
      <ul className="mt-2 flex flex-col gap-0.5 rounded-r2 bg-bg-2 px-2.5 py-2 text-ink-2 select-text">
        {takeReasons(quality).map(reason => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </section>
  );
}

function CloseUp({ hit }: { readonly hit: Hit }) {
  const audio = useSliceAudio(hit.audio);
  const token = roleToken(roleOf(hit));
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const foot = 18;
      const middle = (height - foot) / 2;
      context.fillStyle = colour('--grid-swung');
      context.fillRect(0, middle, width, 1);
      const seconds = sliceSeconds(hit);
      const every =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1].find(step => (step / seconds) * width >= 48) ?? 2;
      const preRoll = (hit.onsetFrame - hit.startFrame) / hit.sampleRate;
      context.font = canvasFont(500, 11);
      context.textBaseline = 'middle';
      for (let time = 0; time < seconds; time += every) {
        const x = Math.round(((time + preRoll) / seconds) * width);
        context.fillStyle = colour('--grid-swung');
        context.fillRect(x, 0, 1, height - foot);
        context.fillStyle = colour('--ink-3');
        context.fillText(plain(time * 1000), x + 4, height - foot / 2);
      }
      context.textAlign = 'right';
      context.fillText('ms', width - 8, 10);
      context.textAlign = 'left';
      if (!audio) return;
      const columns = columnsOfSamples(audio.channels, 0, audio.channels[0]?.length ?? 0, Math.floor(width));
      context.fillStyle = colour(token);
      drawColumns(context, columns, {
        left: 0,
        middle,
        half: (middle - 6) / Math.max(0.01, loudest(columns)),
      });
      if (hit.flamFrames !== null) {
        const x = Math.round(((preRoll + hit.flamFrames / hit.sampleRate) / seconds) * width);
        context.fillStyle = colour('--ink-1');
        context.fillRect(x, 0, 1, height - foot);
      }
    },
    [audio, hit, token],
  );
  return (
    <div className="h-37 shrink-0 border-b border-line bg-bg-0">
      <Canvas draw={draw} />
    </div>
  );
}

function Instruments({ hit }: { readonly hit: Hit }) {
  const scores = hit.judgement?.instrumentScores ?? {};
  const guesses = INSTRUMENTS.map(instrument => ({ instrument, score: scores[instrument] ?? 0 }))
    .filter(({ score }) => score > 0.005)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_GUESSES);
  const isOwn = hit.override?.instrument !== undefined;
  return (
    <section aria-label="Instrument" className="p-3">
      <div className="mb-1.5 flex items-baseline">
        <h3 className="flex-1 type-strong">Instrument</h3>
        <span className="text-ink-3">{isOwn ? 'your instrument' : 'machine, by rules'}</span>
      </div>
      {guesses.length === 0 ? <p className="text-ink-3">Not judged yet.</p> : null}
      {guesses.map(({ instrument, score }) => {
        const isChosen = instrument === instrumentOf(hit);
        return (
          <div key={instrument} className="flex h-6 items-center gap-2">
            <RoleGlyph role={INSTRUMENT_FACTS[instrument].role} />
            <span className="w-19 truncate">{INSTRUMENT_FACTS[instrument].name}</span>
            <span className="h-1.25 flex-1 rounded-r1 bg-bg-3">
              <span
                className={classNames('block h-full rounded-r1', !isChosen && 'bg-ink-3')}
                style={{
                  width: `${score * 100}%`,
                  ...(isChosen ? { backgroundColor: `var(${roleToken(roleOf(hit))})` } : {}),
                }}
              />
            </span>
            <span className="w-8 text-right">{confidence(score)}</span>
          </div>
        );
      })}
      {hit.judgement && hit.judgement.reasons.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-0.5 rounded-r2 bg-bg-2 px-2.5 py-2 text-ink-2 select-text">
          {hit.judgement.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Roles({ hit }: { readonly hit: Hit }) {
  const own = hit.override?.role;
  const chosen = roleOf(hit);
  return (
    <section aria-label="Role" className="border-t border-line p-3">
      <div className="mb-2 flex h-6 items-center gap-2">
        <h3 className="type-strong">Role</h3>
        <span className="flex-1 text-ink-3">{own ? 'your role' : 'machine'}</span>
        {own ? (
          <Button small look="ghost" onPress={() => void overrideRole(hit, null)}>
            <Undo2 size={13} strokeWidth={1.4} aria-hidden="true" />
            Machine’s
          </Button>
        ) : null}
      </div>
      <RadioGroup
        aria-label="Role of the slice"
        orientation="horizontal"
        value={chosen}
        onChange={value => void overrideRole(hit, value as Role)}
        className="flex flex-wrap gap-1.5"
      >
        {ROLES_IN_ORDER.map(role => (
          <Radio
            key={role}
            value={role}
            className={classNames(
              'focus-ring inline-flex h-6 items-center gap-1.25 rounded-r2 bg-bg-2 px-1.75 type-label whitespace-nowrap data-[hovered]:bg-bg-3',
              'data-[selected]:shadow-[inset_0_0_0_1px_var(--ink-1)]',
            )}
          >
            <RoleGlyph role={role} />
            {ROLE_NAMES[role]}
            {hit.judgement ? (
              <Sure value={hit.judgement.roleScores[role]} isGuess={role === hit.judgement.role} />
            ) : null}
          </Radio>
        ))}
      </RadioGroup>
      <p className="mt-2 text-ink-3">
        Press <Keys keys="1" /> to <Keys keys="5" /> to set it yourself. Your choice is kept apart and
        survives a new analysis.
      </p>
    </section>
  );
}
