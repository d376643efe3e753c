import { signed } from '#renderer/ui';
import type { TimelineStroke } from './timeline';

/** The numbers of a stroke, beside it. */
export function StrokeCard(props: {
  readonly stroke: TimelineStroke;
  /** Px from the picture's left. */
  readonly x: number;
  readonly width: number;
  readonly top: number;
}) {
  const { stroke, x, width, top } = props;
  const isRight = x > width - 220;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-10 w-48 rounded-r3 bg-bg-2 px-2.5 py-2 type-label shadow-float"
      style={{ top, ...(isRight ? { right: width - x + 12 } : { left: x + 18 }) }}
    >
      <div className="mb-1 flex justify-between gap-2">
        <b className="font-semibold">{stroke.kind}</b>
        <span className="text-ink-3">{stroke.hand === 'R' ? 'right' : 'left'}</span>
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 text-ink-3 [&_dd]:text-right [&_dd]:text-ink-1">
        <dt>Intended</dt>
        <dd>{stroke.intendedMs.toFixed(1)} ms</dd>
        <dt>Actual</dt>
        <dd>{(stroke.intendedMs + stroke.errorMs).toFixed(1)} ms</dd>
        <dt>Error</dt>
        <dd>{signed(stroke.errorMs, 1)} ms</dd>
        <dt>Velocity</dt>
        <dd>
          {Math.round(stroke.actualVelocity * 127)} for {Math.round(stroke.intendedVelocity * 127)}
        </dd>
      </dl>
      {stroke.mishaps.map(name => (
        <p key={name} className="mt-1 text-warn">
          {name}
        </p>
      ))}
    </div>
  );
}
