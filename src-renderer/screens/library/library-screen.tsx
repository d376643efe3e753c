import { AudioLines, Search } from 'lucide-react';
import { useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { openPattern, openScreen, useLibrary, useTrack } from '#renderer/state';
import { Button, Empty, Loading, PanelHead } from '#renderer/ui';
import { DropArea } from './drop-area';
import { JobsPanel } from './jobs-panel';
import { ShortFilesDialog } from './short-files-dialog';
import { TrackDetail } from './track-detail';
import { TrackTable, useTrackRows } from './track-table';

export function LibraryScreen() {
  const [filter, setFilter] = useState('');
  const status = useLibrary(state => state.status);
  const rows = useTrackRows(filter);
  const track = useTrack();
  const isEmpty = rows.length === 0 && filter === '';
  return (
    <>
      <div className="flex min-w-0 flex-1 flex-col">
        <DropArea />
        <section
          aria-label="Tracks"
          data-panel=""
          className="flex min-h-0 flex-1 flex-col border-t border-line bg-bg-1"
        >
          <PanelHead title="Tracks" aside={rows.length > 0 ? rows.length : undefined}>
            <SearchField
              aria-label="Filter tracks"
              value={filter}
              onChange={setFilter}
              className="flex h-7 w-42 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus"
            >
              <Search size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
              <Input
                placeholder="Filter tracks"
                className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
              />
            </SearchField>
          </PanelHead>
          {status === 'loading' ? <Loading label="Reading the library" /> : null}
          {status === 'ready' && isEmpty ? <NoTracks /> : null}
          {status === 'ready' && !isEmpty ? <TrackTable rows={rows} /> : null}
        </section>
        {track ? <TrackDetail key={track.id} track={track} /> : null}
      </div>
      <JobsPanel />
      <ShortFilesDialog />
    </>
  );
}

function NoTracks() {
  const demo = useLibrary(state => state.info?.demo);
  return (
    <Empty
      icon={AudioLines}
      title="No tracks yet"
      actions={
        demo ? (
          <Button
            look="primary"
            onPress={() => {
              openPattern(demo.patternId);
              openScreen('groove');
            }}
          >
            Open the demo groove
          </Button>
        ) : null
      }
    >
      Drop a song above. Its drums are separated, sliced and sorted into a kit; the file itself stays as it
      is.
    </Empty>
  );
}
