import { ExternalLink, ListChecks } from 'lucide-react';
import { CHECK_GROUPS, type Check, type ValidationReport } from '#shared/dataset';
import type { DatasetRun, JobView } from '#shared/protocol';
import { fileUrl, studio } from '#renderer/bridge';
import { attempt, isRunning, tell } from '#renderer/state';
import { Button, Empty, grouped, Loading, Message, PanelHead, Progress } from '#renderer/ui';
import { CheckLine } from './check-line';
import { passedOf } from './checks';
import { Histogram } from './histogram';
import { useReport, useValidation, validate } from './report-store';

const GROUP_NAMES: Readonly<Record<Check['group'], string>> = {
  integrity: 'Files and references',
  alignment: 'Labels against sound',
  sound: 'Sound',
  splits: 'Splits',
  realism: 'Realism',
};

/** What was checked in a dataset, and how near its players are to people. */
export function ReportTab({ run }: { readonly run: DatasetRun }) {
  const { report, isRead, problem } = useReport();
  const job = useValidation(run.id);
  const isBusy = job !== null && isRunning(job);
  const isWhole = run.manifest !== null;
  const start = (
    <Button
      look={report ? 'line' : 'primary'}
      isDisabled={!isWhole || isBusy}
      onPress={() => void validate(run.id)}
    >
      {report ? 'Validate again' : 'Validate'}
    </Button>
  );
  return (
    <section aria-label="Validation" data-panel="" className="flex min-h-0 flex-1 flex-col">
      <PanelHead title="Validation" aside={report ? summary(report) : undefined}>
        {job ? <OpenReport job={job} /> : null}
        {report ? start : null}
      </PanelHead>
      {isBusy ? <Busy job={job} /> : null}
      {job?.state === 'failed' && job.failure ? (
        <div className="p-3">
          <Message tone="bad">{tell(job.failure)} Validate again when that is mended.</Message>
        </div>
      ) : null}
      {problem === null ? null : (
        <div className="p-3">
          <Message tone="bad">The report could not be read: {problem}</Message>
        </div>
      )}
      {report ? (
        <Report report={report} />
      ) : isBusy ? null : !isRead ? (
        <Loading label="Reading the report" />
      ) : (
        <Empty icon={ListChecks} title={isWhole ? 'Not validated yet' : 'Not whole yet'} actions={start}>
          {isWhole
            ? 'Validating reads every file, finds the strokes in the sound again, looks for players in two splits, and compares timing and velocity with people.'
            : 'A dataset can be validated when its last sample is made.'}
        </Empty>
      )}
    </section>
  );
}

function summary(report: ValidationReport): string {
  const { passed, of } = passedOf(report);
  return `${passed} of ${of} passed, ${grouped(report.samples)} samples`;
}

function Busy({ job }: { readonly job: JobView }) {
  return (
    <div className="flex items-center gap-3 border-b border-line px-3 py-2.5">
      <span className="w-48 shrink-0 truncate text-ink-2">
        {job.progress.stage || 'Waiting for a worker'}
      </span>
      <span className="min-w-0 flex-1">
        <Progress label="Progress of the validation" fraction={job.progress.fraction} />
      </span>
      <span className="w-10 text-right">{Math.floor(job.progress.fraction * 100)} %</span>
      <Button
        small
        look="danger"
        onPress={() => void attempt('Stopping', () => studio.cancelJob.mutate({ jobId: job.id }))}
      >
        Stop
      </Button>
    </div>
  );
}

/** The page with all plots, where the job has written one. */
function OpenReport({ job }: { readonly job: JobView }) {
  const page = job.files.find(({ name }) => name.endsWith('.html'));
  if (!page) return null;
  return (
    <a
      href={fileUrl(job.id, page)}
      target="_blank"
      rel="noreferrer"
      className="focus-ring inline-flex h-7 items-center gap-1.5 rounded-r2 px-2 font-medium text-ink-2 hover:bg-bg-2"
    >
      <ExternalLink size={14} strokeWidth={1.4} aria-hidden="true" />
      Open {page.name}
    </a>
  );
}

function Report({ report }: { readonly report: ValidationReport }) {
  const groups = CHECK_GROUPS.map(group => ({
    group,
    checks: report.checks.filter(check => check.group === group),
  })).filter(({ checks }) => checks.length > 0);
  return (
    <div
      role="region"
      aria-label="Checks and distributions"
      tabIndex={0}
      className="focus-ring min-h-0 flex-1 overflow-y-auto p-4 -outline-offset-2"
    >
      <div className="columns-2 gap-6 wide:columns-3">
        {groups.map(({ group, checks }) => (
          <section key={group} aria-label={GROUP_NAMES[group]} className="mb-5 break-inside-avoid">
            <h3 className="mb-2 type-label text-ink-3">{GROUP_NAMES[group]}</h3>
            <ul className="flex flex-col gap-2">
              {checks.map(check => (
                <CheckLine key={check.name} check={check} hasExamples />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {report.distributions.length === 0 ? (
        <p className="border-t border-line pt-4 text-ink-3">
          No distributions: there are too few strokes to be compared with people.
        </p>
      ) : (
        <section aria-label="Distributions">
          <h3 className="mb-3 border-t border-line pt-4 type-label text-ink-3">
            Distributions: bars are generated, the line was measured on people
          </h3>
          <div className="grid grid-cols-2 gap-x-6 gap-y-5 wide:grid-cols-3">
            {report.distributions.map(distribution => (
              <Histogram key={distribution.name} distribution={distribution} isLarge />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}
