import { plain, signed } from '#renderer/ui';
import { type Band, errorY, type Layout } from './layout';
import type { Timeline } from './timeline';

/** What each band of the picture shows, and the scale of the errors. */
export function LaneNames(props: {
  readonly layout: Layout;
  readonly timeline: Timeline;
  readonly hasAudio: boolean;
}) {
  const { layout, timeline, hasAudio } = props;
  const { errorLimitMs } = timeline;
  return (
    <div aria-hidden="true" className="relative w-20 shrink-0 type-label text-ink-3">
      <Name band={layout.mishaps}>Mishaps</Name>
      {hasAudio ? <Name band={layout.audio}>Audio</Name> : null}
      {timeline.lanes.map((name, lane) => (
        <Name key={name} band={layout.lanes[lane] ?? layout.audio}>
          {name}
        </Name>
      ))}
      <span
        className="absolute left-3 -translate-y-1/2"
        style={{ top: layout.errors.top + layout.errors.height / 2 }}
      >
        Error
      </span>
      {layout.errors.height > 40
        ? [errorLimitMs, 0, -errorLimitMs].map(ms => (
            <span
              key={ms}
              className="absolute right-1.5 -translate-y-1/2"
              style={{ top: errorY(ms, errorLimitMs, layout.errors) }}
            >
              {ms === 0 ? plain(0) : signed(ms)}
            </span>
          ))
        : null}
    </div>
  );
}

function Name({ band, children }: { readonly band: Band; readonly children: string }) {
  return (
    <span
      className="absolute right-1.5 left-3 -translate-y-1/2 truncate"
      style={{ top: band.top + band.height / 2 }}
      title={children}
    >
      {children}
    </span>
  );
}
