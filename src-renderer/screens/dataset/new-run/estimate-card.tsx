import type { DatasetEstimate } from '#shared/protocol';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { fileSize, grouped } from '#renderer/ui';
import { audioLength, marginWords, workLength } from './lengths';
import { useEstimate } from './estimate';

/** What the run will take; always as high, so that nothing moves while it is worked out. */
export function EstimateCard() {
  const { estimate, isWorking, problem } = useEstimate();
  const problems = problem === null ? (estimate?.problems ?? []) : [problem];
  return (
    <section
      aria-label="Estimate"
      aria-busy={isWorking}
      className="mx-3 mt-1 flex h-37 shrink-0 flex-col gap-2 rounded-r3 bg-bg-2 px-3 py-2.5"
    >
      <h3 className="truncate text-ink-3">
        {isWorking
          ? 'Estimating'
          : estimate && estimate.trials > 0
            ? `Estimate, from ${estimate.trials} trial samples`
            : 'Estimate'}
      </h3>
      {problems.length > 0 ? (
        <Problems problems={problems} />
      ) : (
        <Figures estimate={estimate} isOld={isWorking} />
      )}
    </section>
  );
}

/** The number first to the eye, its name first to the ear. */
function Figure({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <div className="flex min-w-0 flex-col-reverse">
      <dt className="truncate type-label text-ink-3">{name}</dt>
      <dd className="truncate [font:600_14px/18px_var(--font-ui)]">{value}</dd>
    </div>
  );
}

/** Why it cannot begin, in place of what it would take. */
function Problems({ problems }: { readonly problems: readonly string[] }) {
  return (
    <div
      role="alert"
      tabIndex={0}
      aria-label="Why it cannot begin"
      className="focus-ring flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto text-bad select-text"
    >
      {problems.map(problem => (
        <p key={problem} className="flex gap-1.5">
          <TriangleAlert size={14} strokeWidth={1.6} aria-hidden="true" className="mt-px" />
          <span className="min-w-0 break-words">{problem}</span>
        </p>
      ))}
    </div>
  );
}

function Figures(props: { readonly estimate: DatasetEstimate | null; readonly isOld: boolean }) {
  const { estimate, isOld } = props;
  return (
    <>
      <dl className={`grid grid-cols-2 gap-x-3 gap-y-1.5 ${isOld ? 'text-ink-2' : ''}`}>
        <Figure value={estimate ? grouped(estimate.samples) : '–'} name="samples" />
        <Figure value={estimate ? audioLength(estimate.audioSeconds) : '–'} name="of audio" />
        <Figure value={estimate ? fileSize(estimate.bytes) : '–'} name="on disk" />
        <Figure
          value={estimate ? workLength(estimate.seconds) : '–'}
          name={estimate ? marginWords(estimate.secondsMargin) : 'to make'}
        />
      </dl>
      {estimate === null ? null : (
        <p className="flex gap-1.5 text-ink-2">
          <CircleCheck size={14} strokeWidth={1.6} aria-hidden="true" className="mt-px text-ok" />
          {fileSize(estimate.freeBytes)} free, nothing is missing
        </p>
      )}
    </>
  );
}
