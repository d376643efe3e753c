import { useMemo } from 'react';
import { paceCurve, type Reading } from './pace';

const WIDTH = 200;
const HEIGHT = 28;

/** Samples a second since the run is watched; the figures beside say the same in numbers. */
export function PaceCurve({ readings }: { readonly readings: readonly Reading[] }) {
  const points = useMemo(() => {
    const curve = paceCurve(readings);
    const most = Math.max(...curve, 1e-9);
    return curve.map((value, index) => {
      const x = (index / Math.max(1, curve.length - 1)) * WIDTH;
      return `${x.toFixed(1)} ${(HEIGHT - 1 - (value / most) * (HEIGHT - 3)).toFixed(1)}`;
    });
  }, [readings]);
  if (points.length < 3) return null;
  const line = points.join('L');
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-8 w-full overflow-visible"
    >
      <path d={`M0 ${HEIGHT}L${line}L${WIDTH} ${HEIGHT}Z`} className="fill-bg-2" />
      <path d={`M${line}`} fill="none" className="stroke-ink-2" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
