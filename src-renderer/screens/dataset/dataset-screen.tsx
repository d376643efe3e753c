import { Database } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Empty, Loading, Segments } from '#renderer/ui';
import { CopyCommand } from './copy-command';
import { Inspector } from './inspector/inspector';
import { readCatalogue } from './new-run/catalogue';
import { restoreDraft, useDraft } from './new-run/draft';
import { useEstimating } from './new-run/estimate';
import { NewRunPanel } from './new-run/new-run-panel';
import { PublishTab } from './publish/publish-tab';
import { SplitsTab } from './publish/splits-tab';
import { useReportOf } from './report/report-store';
import { ReportTab } from './report/report-tab';
import { RunPanel } from './runs/run-panel';
import { RunPicker } from './runs/run-picker';
import { useFreshRuns } from './runs/runs-poll';
import { useRun, useRuns } from './runs/runs-store';
import { SidePanel } from './side-panel';

const TABS = [
  { value: 'generate', name: 'Generate' },
  { value: 'validate', name: 'Validate' },
  { value: 'splits', name: 'Splits' },
  { value: 'publish', name: 'Publish' },
] as const;
type Tab = (typeof TABS)[number]['value'];

/** Labelled performances: put a run together, watch it, look at any sample, validate and publish. */
export function DatasetScreen() {
  const [tab, setTab] = useState<Tab>('generate');
  const fonts = useDraft(state => state.fonts);
  const { runs } = useRuns();
  const run = useRun();
  useFreshRuns();
  useReportOf(run);
  useEstimating(run?.manifest);
  useEffect(() => {
    void restoreDraft();
  }, []);
  useEffect(() => {
    void readCatalogue(fonts);
  }, [fonts]);
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <NewRunPanel />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg-0">
        <div
          role="toolbar"
          aria-label="Datasets"
          className="flex h-11 shrink-0 items-center gap-3 overflow-hidden border-b border-line bg-bg-1 px-3 whitespace-nowrap"
        >
          <Segments label="View" value={tab} choices={TABS} onChange={setTab} />
          <RunPicker />
          <span className="min-w-0 flex-1 text-right text-ink-3">
            <span className="hidden wide:inline">Same jobs from the command line</span>
          </span>
          <CopyCommand />
        </div>
        {tab === 'splits' ? (
          <SplitsTab run={run} onValidate={() => setTab('validate')} />
        ) : tab === 'publish' ? (
          <PublishTab run={run} />
        ) : runs === null ? (
          <Loading label="Reading the datasets" />
        ) : run === undefined ? (
          <Empty icon={Database} title="No dataset yet">
            Choose on the left what is to be played, by whom and where; the estimate tells what it takes. Try
            the small preset first: about a hundred samples in a minute.
          </Empty>
        ) : tab === 'validate' ? (
          <ReportTab run={run} />
        ) : (
          <>
            <RunPanel run={run} />
            <Inspector run={run} />
          </>
        )}
      </div>
      <SidePanel run={run} onReport={() => setTab('validate')} />
    </div>
  );
}
