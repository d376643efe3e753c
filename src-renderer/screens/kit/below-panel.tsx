import { ChevronDown, ChevronUp, SlidersVertical } from 'lucide-react';
import type { HitBook } from '#shared/protocol';
import { keysOf, runCommand, setView, useBrowse, useHitBook, useView } from '#renderer/state';
import { Button, classNames, IconButton, Keys, Segments } from '#renderer/ui';
import { AboutHit } from './about-hit';
import { AspectSliders } from './aspect-sliders';
import { NearestStrip } from './nearest-strip';
import { TwinsPanel } from './twins-panel';

const PARTS = [
  { value: 'nearest', name: 'Nearest' },
  { value: 'about', name: 'Why' },
  { value: 'twins', name: 'Twins' },
] as const;

/** Under the map: what is nearest to the current hit, and why it counts as what it is. */
export function BelowPanel({ book }: { readonly book: HitBook }) {
  const { kitBelow, isBelowOpen, areAspectsOpen } = useView();
  const currentId = useBrowse(state => state.currentId);
  const row = useHitBook(state => state.rowOf.get(currentId ?? ''));
  const name = row === undefined ? null : (book.names[row] ?? null);
  const isNearest = kitBelow === 'nearest';
  return (
    <section
      aria-label="Chosen hit"
      data-panel=""
      className="flex shrink-0 flex-col border-t border-line bg-bg-1"
    >
      {isBelowOpen && isNearest && areAspectsOpen ? <AspectSliders /> : null}
      <div className="flex h-9 shrink-0 items-center gap-2 px-3 whitespace-nowrap">
        <Segments
          small
          label="Below the map"
          value={kitBelow}
          choices={PARTS}
          onChange={value => setView({ kitBelow: value, isBelowOpen: true })}
        />
        {name === null && kitBelow !== 'twins' ? null : (
          <h2 className="min-w-0 truncate type-title">
            {kitBelow === 'twins' ? 'Hits that sound the same' : isNearest ? `to ${name}` : name}
          </h2>
        )}
        {isNearest ? (
          <span className="hidden min-w-0 truncate text-ink-3 wide:inline">by ear, not by the map</span>
        ) : null}
        <span className="flex-1" />
        {isNearest ? (
          <IconButton
            small
            label="What likeness is made of"
            on={areAspectsOpen}
            onPress={() => setView({ areAspectsOpen: !areAspectsOpen, isBelowOpen: true })}
          >
            <SlidersVertical size={14} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
        ) : null}
        <Button small look="line" isDisabled={row === undefined} onPress={() => runCommand('send-to-pad')}>
          Send to pad <Keys keys={keysOf('send-to-pad')} />
        </Button>
        <IconButton
          small
          label={isBelowOpen ? 'Close this part' : 'Open this part'}
          onPress={() => setView({ isBelowOpen: !isBelowOpen })}
        >
          {isBelowOpen ? (
            <ChevronDown size={14} strokeWidth={1.4} aria-hidden="true" />
          ) : (
            <ChevronUp size={14} strokeWidth={1.4} aria-hidden="true" />
          )}
        </IconButton>
      </div>
      {isBelowOpen ? (
        <div className={classNames('min-h-0', kitBelow === 'about' ? 'h-34' : 'h-25')}>
          <Part book={book} />
        </div>
      ) : null}
    </section>
  );
}

function Part({ book }: { readonly book: HitBook }) {
  const kitBelow = useView(state => state.kitBelow);
  if (kitBelow === 'about') return <AboutHit book={book} />;
  return kitBelow === 'twins' ? <TwinsPanel book={book} /> : <NearestStrip book={book} />;
}
