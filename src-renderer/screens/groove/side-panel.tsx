import { useState } from 'react';
import { PanelHead, Segments } from '#renderer/ui';
import { FeelPanel } from './feel-panel';
import { GeneratePanel } from './generate-panel';

const PAGES = [
  { value: 'generate', name: 'Generate' },
  { value: 'feel', name: 'Feel' },
] as const;
type Page = (typeof PAGES)[number]['value'];

/** What makes grooves, and what makes them feel like others. */
export function SidePanel() {
  const [page, setPage] = useState<Page>('generate');
  return (
    <aside
      aria-label={page === 'generate' ? 'Generate' : 'Feel'}
      data-panel=""
      className="flex w-66 shrink-0 flex-col border-l border-line bg-bg-1 wide:w-72"
    >
      <PanelHead title={page === 'generate' ? 'Generate' : 'Feel'}>
        <Segments label="Page of the panel" small value={page} choices={PAGES} onChange={setPage} />
      </PanelHead>
      {page === 'generate' ? <GeneratePanel /> : <FeelPanel />}
    </aside>
  );
}
