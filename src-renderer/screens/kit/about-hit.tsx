import { useMemo } from 'react';
import {
  type Hit,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Instrument,
  ROLE_NAMES,
  ROLES_IN_ORDER,
} from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { overrideChosen, rescoreLibrary, useBrowse, useChosenHits, useHitBook } from '#renderer/state';
import { Button, confidence, Picker, RoleGlyph } from '#renderer/ui';
import { factsOfRow, placeOfRow } from './row-words';

const MACHINE = 'machine';

/** Why the machine hears a hit as it does, and what the user says instead: of all hits that are chosen. */
export function AboutHit({ book }: { readonly book: HitBook }) {
  const hit = useChosenHits(state => state.candidate);
  const chosenCount = useBrowse(state => state.chosen.size);
  const row = useHitBook(state => state.rowOf.get(hit?.id ?? ''));
  if (!hit || row === undefined)
    return <p className="p-3 text-ink-3">Choose a hit to see why it counts as what it is.</p>;
  const tags = book.tags[hit.id] ?? [];
  return (
    <div className="flex h-full min-h-0 gap-4 overflow-hidden p-3 pt-2">
      <div className="flex w-48 shrink-0 flex-col gap-1.5 overflow-y-auto">
        <SaidPickers hit={hit} count={chosenCount} />
        <Button small look="line" onPress={() => void rescoreLibrary()}>
          Judge the rest by mine
        </Button>
        <p className="text-ink-3">
          {placeOfRow(book, row)}, {factsOfRow(book, row, null)}
          {tags.length > 0 ? `, tagged ${tags.join(', ')}` : ''}
        </p>
      </div>
      <Reasons hit={hit} />
      <Scores hit={hit} />
    </div>
  );
}

function SaidPickers({ hit, count }: { readonly hit: Hit; readonly count: number }) {
  const { judgement, override } = hit;
  const machineRole = judgement ? ROLE_NAMES[judgement.role] : 'none yet';
  const machineInstrument = judgement ? INSTRUMENT_FACTS[judgement.instrument].name : 'none yet';
  const many = count > 1 ? ` of ${count} hits` : '';
  return (
    <>
      <Picker
        label={`Role${many}`}
        prefix="Role "
        value={override?.role ?? MACHINE}
        choices={[
          { value: MACHINE, name: `${machineRole}, as heard` },
          ...ROLES_IN_ORDER.map(role => ({ value: role, name: ROLE_NAMES[role] })),
        ]}
        onChange={value => void overrideChosen({ role: value === MACHINE ? null : value })}
      />
      <Picker
        label={`Instrument${many}`}
        prefix="Is a "
        value={override?.instrument ?? MACHINE}
        choices={[
          { value: MACHINE, name: `${machineInstrument}, as heard` },
          ...INSTRUMENTS.map(one => ({ value: one, name: INSTRUMENT_FACTS[one].name })),
        ]}
        onChange={value => void overrideChosen({ instrument: value === MACHINE ? null : value })}
      />
    </>
  );
}

function Reasons({ hit }: { readonly hit: Hit }) {
  const { judgement } = hit;
  if (!judgement) return <p className="flex-1 text-ink-3">Nobody has judged this hit yet.</p>;
  return (
    <div className="min-w-0 flex-1 overflow-y-auto select-text" tabIndex={0} role="region" aria-label="Why">
      <p className="mb-1 flex items-center gap-1.5 type-strong">
        <RoleGlyph role={judgement.role} />
        {ROLE_NAMES[judgement.role]} {confidence(judgement.roleScores[judgement.role])}
      </p>
      {judgement.reasons.length === 0 ? (
        <p className="text-ink-3">The machine gave no reasons.</p>
      ) : (
        <ul className="flex flex-col gap-0.5 text-ink-2">
          {judgement.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const MOST_INSTRUMENTS = 5;

function Scores({ hit }: { readonly hit: Hit }) {
  const { judgement } = hit;
  const lines = useMemo(() => {
    if (!judgement) return [];
    const instruments = Object.entries(judgement.instrumentScores)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_INSTRUMENTS)
      .map(([name, score]) => ({ name: INSTRUMENT_FACTS[name as Instrument].name, score }));
    const roles = ROLES_IN_ORDER.map(role => ({ name: ROLE_NAMES[role], score: judgement.roleScores[role] }));
    return [roles, instruments];
  }, [judgement]);
  return lines.map((column, at) => (
    <dl
      // The first column is roles, the second instruments.
      // oxlint-disable-next-line react/no-array-index-key
      key={at}
      aria-label={at === 0 ? 'Roles' : 'Instruments'}
      className="hidden w-26 shrink-0 flex-col gap-0.5 type-label font-normal first:flex wide:flex"
    >
      {column.map(({ name, score }) => (
        <div key={name} className="relative flex justify-between px-1">
          <span
            className="absolute inset-y-0 left-0 rounded-r1 bg-bg-2"
            style={{ width: `${score * 100}%` }}
          />
          <dt className="relative truncate text-ink-2">{name}</dt>
          <dd className="relative text-ink-3">{confidence(score)}</dd>
        </div>
      ))}
    </dl>
  ));
}
