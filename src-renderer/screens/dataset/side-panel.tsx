import type { DatasetRun } from '#shared/protocol';
import { Button, PanelHead } from '#renderer/ui';
import { useInspector } from './inspector/inspector-store';
import { ScoresPanel } from './inspector/scores-panel';
import { CheckLine } from './report/check-line';
import { byUrgency, chiefDistribution, passedOf } from './report/checks';
import { Histogram } from './report/histogram';
import { useReport } from './report/report-store';

/** Checks that fit beside a sample; the rest stands in the report. */
const SHOWN_CHECKS = 5;

/** Of the sample its scores, of the dataset its validation. */
export function SidePanel(props: { readonly run: DatasetRun | undefined; readonly onReport: () => void }) {
  const { run, onReport } = props;
  const opened = useInspector(state => state.opened);
  return (
    <aside
      aria-label="Scores and validation"
      data-panel=""
      className="flex w-66 shrink-0 flex-col border-l border-line bg-bg-1 wide:w-70"
    >
      <PanelHead title="Scores" aside={opened ? undefined : 'of the sample that is looked at'} />
      <div
        role="region"
        aria-label="Scores"
        tabIndex={0}
        className="focus-ring min-h-0 flex-1 overflow-y-auto -outline-offset-2"
      >
        {opened ? <ScoresPanel sample={opened.sample} /> : <p className="p-3 text-ink-3">No sample yet.</p>}
        {run ? <Validation onReport={onReport} /> : null}
      </div>
    </aside>
  );
}

function Validation({ onReport }: { readonly onReport: () => void }) {
  const { report } = useReport();
  const chief = report ? chiefDistribution(report) : undefined;
  const counts = report ? passedOf(report) : null;
  return (
    <section aria-label="Validation in short" className="border-t border-line">
      <PanelHead title="Validation" aside={counts ? `${counts.passed} of ${counts.of}` : undefined}>
        <Button small look="ghost" onPress={onReport}>
          Report
        </Button>
      </PanelHead>
      {report ? (
        <>
          <ul className="flex flex-col gap-2 p-3">
            {byUrgency(report.checks)
              .slice(0, SHOWN_CHECKS)
              .map(check => (
                <CheckLine key={check.name} check={check} />
              ))}
          </ul>
          {chief ? (
            <div className="border-t border-line p-3">
              <Histogram distribution={chief} />
            </div>
          ) : null}
        </>
      ) : (
        <p className="p-3 text-ink-3">Not validated yet.</p>
      )}
    </section>
  );
}
