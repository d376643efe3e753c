import { useMemo } from 'react';
import type { Distribution } from '#shared/dataset';
import { classNames, confidence, plain, signed } from '#renderer/ui';
import { histogramShape } from './checks';

const HUNDRED = 100;

/** Bars are generated, the line was measured on people. */
export function Histogram(props: { readonly distribution: Distribution; readonly isLarge?: boolean }) {
  const { distribution, isLarge = false } = props;
  const { title, unit, edges, distance, source, measured } = distribution;
  const shape = useMemo(() => histogramShape(distribution), [distribution]);
  const [low = 0, high = 0] = [edges[0], edges.at(-1)];
  const middle = (low + high) / 2;
  const hasSign = low < 0;
  const print = (value: number): string => {
    const digits = Math.abs(high - low) < 10 ? 1 : 0;
    return hasSign ? signed(value, digits) : plain(value, digits);
  };
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex items-baseline gap-2 text-ink-3">
        <span className="min-w-0 flex-1 truncate" title={title}>
          {title}
        </span>
        {distance === null ? null : <span className="shrink-0">KS {confidence(distance)}</span>}
      </figcaption>
      <svg
        role="img"
        aria-label={`${title}: ${measured === null ? 'generated, nobody measured it' : `generated over measured${distance === null ? '' : `, distance ${confidence(distance)}`}`}`}
        viewBox={`0 0 ${HUNDRED} ${HUNDRED}`}
        preserveAspectRatio="none"
        className={classNames('w-full overflow-visible border-b border-edge', isLarge ? 'h-28' : 'h-12')}
      >
        {shape.bars.map(({ x, width, height }) => (
          <rect
            key={x}
            x={x + width * 0.08}
            width={width * 0.84}
            y={HUNDRED - height}
            height={height}
            className="fill-(--wave-2)"
          />
        ))}
        {shape.line === null ? null : (
          <path
            d={`M${shape.line}`}
            fill="none"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
            className="stroke-ink-1"
          />
        )}
      </svg>
      <div className="mt-1 flex justify-between type-label text-ink-3">
        <span>{print(low)}</span>
        <span>{middle === 0 ? '0' : print(middle)}</span>
        <span>
          {print(high)} {unit}
        </span>
      </div>
      {isLarge && source !== '' ? (
        <p className="truncate type-label text-ink-3" title={source}>
          Measured: {source}
        </p>
      ) : null}
    </figure>
  );
}
