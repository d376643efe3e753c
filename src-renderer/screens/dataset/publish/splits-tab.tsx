import { Split } from 'lucide-react';
import type { DatasetRun } from '#shared/protocol';
import { Button, count, Empty, grouped, PanelHead } from '#renderer/ui';
import { CheckLine } from '../report/check-line';
import { useReport } from '../report/report-store';

const LISTS = [
  { name: 'by_profile', holds: 'Players', note: 'the usual one, with the same share of every tier' },
  { name: 'by_kit', holds: 'Players and kits', note: 'the test hears no kit of the training' },
  { name: 'by_rudiment', holds: 'Players and rudiments', note: 'the test plays nothing of the training' },
  { name: 'by_room', holds: 'Players and rooms', note: 'the test stands in no room of the training' },
] as const;

/** Who trains and who is tested: the named lists of a dataset, and what the validation says of them. */
export function SplitsTab(props: { readonly run: DatasetRun | undefined; readonly onValidate: () => void }) {
  const { run, onValidate } = props;
  const { report } = useReport();
  if (!run)
    return (
      <Empty icon={Split} title="No dataset yet">
        Every dataset comes with lists of who trains and who is tested; generate one first.
      </Empty>
    );
  const { train_ratio, val_ratio, test_ratio, num_profiles } = run.config;
  const parts = [
    ['Train', train_ratio],
    ['Validation', val_ratio],
    ['Test', test_ratio],
  ] as const;
  const checks = report?.checks.filter(({ group }) => group === 'splits') ?? [];
  return (
    <section aria-label="Splits" data-panel="" className="flex min-h-0 flex-1 flex-col">
      <PanelHead title="Splits" aside={`of run ${run.number}, in splits.json`} />
      <div
        role="region"
        aria-label="Lists and checks"
        tabIndex={0}
        className="focus-ring min-h-0 flex-1 overflow-y-auto p-4 -outline-offset-2"
      >
        <dl className="mb-5 flex gap-8">
          {parts.map(([name, ratio]) => (
            <div key={name} className="flex flex-col-reverse">
              <dt className="type-label text-ink-3">
                {name}, about {count(Math.round(num_profiles * ratio), 'player')}
              </dt>
              <dd className="type-head">
                {Math.round(ratio * 100)} %, {grouped(run.samples * ratio)}
              </dd>
            </div>
          ))}
        </dl>
        <table className="mb-6 w-full max-w-180">
          <thead className="text-left type-label text-ink-3">
            <tr className="h-7">
              <th scope="col" className="w-32 font-medium">
                List
              </th>
              <th scope="col" className="w-44 font-medium">
                Never shared
              </th>
              <th scope="col" className="font-medium">
                What for
              </th>
            </tr>
          </thead>
          <tbody>
            {LISTS.map(({ name, holds, note }) => (
              <tr key={name} className="h-8 border-t border-line">
                <th scope="row" className="text-left type-mono font-normal">
                  {name}
                </th>
                <td>{holds}</td>
                <td className="text-ink-3">{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h3 className="mb-2 type-label text-ink-3">Checked</h3>
        {checks.length === 0 ? (
          <p className="flex items-center gap-3 text-ink-3">
            Not validated yet.
            <Button small look="line" onPress={onValidate}>
              Go to Validate
            </Button>
          </p>
        ) : (
          <ul className="flex max-w-140 flex-col gap-2">
            {checks.map(check => (
              <CheckLine key={check.name} check={check} hasExamples />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
