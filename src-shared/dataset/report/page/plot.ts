import type { Distribution } from '../report';
import { escaped } from './escaped';

const WIDTH = 480;
const HEIGHT = 150;
const LEFT = 36;
const BOTTOM = 24;
const TOP = 8;
const RIGHT = 16;
/** About so many numbers stand at an axis. */
const TICKS = 6;

/** A distribution as a figure: bars are what was generated, the line is people. */
export function plotOf({ title, unit, edges, generated, measured, source, distance }: Distribution): string {
  const [low = 0] = edges;
  const high = edges.at(-1) ?? 1;
  const most = Math.max(0.001, ...generated, ...(measured ?? []));
  const x = (value: number): number => LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const y = (share: number): number => TOP + (1 - share / most) * (HEIGHT - TOP - BOTTOM);
  const bars = generated
    .map((share, bin) => {
      const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
      const width = Math.max(0.5, x(to) - x(from) - 1);
      return share === 0
        ? ''
        : `<rect x="${round(x(from))}" y="${round(y(share))}" width="${round(width)}" height="${round(y(0) - y(share))}" fill="var(--bar)"/>`;
    })
    .join('');
  const line = measured
    ?.map((share, bin) => `${round(x(((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2))},${round(y(share))}`)
    .join(' ');
  const ticks = ticksOf(low, high)
    .map(
      value =>
        `<line x1="${round(x(value))}" x2="${round(x(value))}" y1="${round(y(0))}" y2="${round(y(0) + 4)}" stroke="var(--line-2)"/>` +
        `<text class="axis" x="${round(x(value))}" y="${HEIGHT - 6}" text-anchor="middle">${told(value)}</text>`,
    )
    .join('');
  const shares = [most / 2, most]
    .map(
      share =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(share))}" y2="${round(y(share))}" stroke="var(--line)"/>` +
        `<text class="axis" x="${LEFT - 6}" y="${round(y(share) + 4)}" text-anchor="end">${percent(share)}</text>`,
    )
    .join('');
  const summary = `${title}: ${measured ? 'bars generated, line measured on people' : 'generated'}`;
  return `<figure><figcaption><h3>${escaped(title)}${unit === '' ? '' : `, ${escaped(unit)}`}</h3>${distance === null ? '' : `<span>KS ${distance.toFixed(3).replace(/^0/, '')}</span>`}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(summary)}">${shares}${bars}<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(0))}" y2="${round(y(0))}" stroke="var(--line-2)"/>${ticks}${line === undefined ? '' : `<polyline points="${line}" fill="none" stroke="var(--people)" stroke-width="1.5"/>`}</svg>
<p>${escaped(source)}</p></figure>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

const told = (value: number): string => String(Math.round(value * 100) / 100).replace('-', '\u2212');

/** Round numbers from `low` to `high`. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(each => each >= rough) ?? rough;
  const ticks: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1000; value += step)
    ticks.push(Math.round(value * 1e6) / 1e6);
  return ticks;
}
