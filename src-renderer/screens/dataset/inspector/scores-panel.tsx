import type { DatasetSample } from '#shared/protocol';
import { confidence, Fact, plain, signed } from '#renderer/ui';
import { spoken } from '../names';
import { meansOf, percentileWords, type ScoreRow, scoreRows } from './score-rows';

/** The scores of a sample by both versions, and what they come from. */
export function ScoresPanel({ sample }: { readonly sample: DatasetSample }) {
  const [scores] = sample.rows.exercises;
  if (!scores) return null;
  return (
    <>
      <div className="px-3 pt-3">
        <div className="flex items-baseline gap-2">
          <b className="type-display">{Math.round(scores.overall_score_v2)}</b>
          <span className="flex-1 text-ink-3">overall, of 100</span>
          <span className="text-ink-2">{percentileWords(sample.percentile)}</span>
        </div>
        <p className="mb-2 text-ink-3">{Math.round(scores.overall_score)} by the seed’s formulas</p>
        <table className="w-full">
          <thead className="type-label text-ink-3">
            <tr>
              <th scope="col" className="text-left font-medium">
                <span className="sr-only">Score</span>
              </th>
              <th scope="col">
                <span className="sr-only">Bar</span>
              </th>
              <th scope="col" className="w-8 pl-1 text-right font-medium">
                Ours
              </th>
              <th scope="col" className="w-12 text-right font-medium">
                Seed’s
              </th>
            </tr>
          </thead>
          <tbody>
            {scoreRows(scores).map(row => (
              <Score key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <Means sample={sample} />
      <Mishaps sample={sample} />
    </>
  );
}

function Score({ row }: { readonly row: ScoreRow }) {
  return (
    <tr className="h-5.5">
      <th scope="row" className="w-29 text-left font-normal whitespace-nowrap text-ink-2">
        {row.name}
      </th>
      <td aria-hidden="true">
        <span className="relative block h-1 rounded-r1 bg-bg-3">
          <span className="block h-full rounded-r1 bg-ink-1" style={{ width: `${row.ours}%` }} />
          <span className="absolute -top-0.5 h-2 w-px bg-ink-3" style={{ left: `${row.seeds}%` }} />
        </span>
      </td>
      <td className="w-8 pl-1 text-right font-medium">{Math.round(row.ours)}</td>
      <td className="w-12 text-right text-ink-3">{Math.round(row.seeds)}</td>
    </tr>
  );
}

function Means({ sample }: { readonly sample: DatasetSample }) {
  const { meanMs, deviationMs, flam, balance, leftLaterMs } = meansOf(sample.rows);
  return (
    <dl className="mt-2 border-t border-line px-3 py-2">
      <Fact name="Usual for the tier">{confidence(sample.rows.exercises[0]?.tier_confidence_v2 ?? 0)}</Fact>
      <Fact name="Mean error">{signed(meanMs, 1)} ms</Fact>
      <Fact name="Spread, SD">{plain(deviationMs, 1)} ms</Fact>
      {flam === null ? null : (
        <Fact name="Flam gap">
          {plain(flam.mean, 1)} ms, SD {plain(flam.deviation, 1)}
        </Fact>
      )}
      {balance === null ? null : <Fact name="Softer to louder hand">{confidence(balance)}</Fact>}
      {leftLaterMs === null ? null : <Fact name="Left after right">{signed(leftLaterMs, 1)} ms</Fact>}
    </dl>
  );
}

function Mishaps({ sample }: { readonly sample: DatasetSample }) {
  const counts = Map.groupBy(sample.rows.mishaps, ({ kind }) => kind);
  return (
    <dl className="border-t border-line px-3 py-2">
      {counts.size === 0 ? <Fact name="Mishaps">none</Fact> : null}
      {[...counts].map(([kind, all]) => (
        <Fact key={kind} name={spoken(kind).replace(/^./, first => first.toUpperCase())}>
          <span className="text-warn">{all.length}</span>
        </Fact>
      ))}
    </dl>
  );
}
