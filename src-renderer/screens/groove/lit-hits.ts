import { colour, roleToken } from '#renderer/ui';
import { midiVelocity } from '#shared/units';
import type { GridScene } from './grid-scene';
import { bodyHeight, bodyWidth, voicePlace, xOfTicks } from './geometry';
import { firstFrom, type GridHit } from './grid-rows';

/** A hit is lit for this long after the playhead crossed it. */
const FLASH_TICKS = 90;
/** Px of the canvas: what is lit lies this near the playhead at the widest zoom. */
const WIDTH_PX = 96;
/** Px of it that lie past the playhead. */
const AHEAD_PX = 24;

interface LitHit {
  readonly row: number;
  readonly hit: GridHit;
}

/** The hits that sound, at full colour, on a small canvas of their own that goes with the playhead. */
export class LitHits {
  readonly #canvas: HTMLCanvasElement;
  #lit: readonly LitHit[] = [];

  constructor(host: HTMLElement) {
    this.#canvas = document.createElement('canvas');
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.#canvas.className = 'pointer-events-none absolute top-0 left-0 will-change-transform';
    this.#canvas.hidden = true;
    host.append(this.#canvas);
  }

  end(): void {
    this.#canvas.remove();
  }

  hide(): void {
    this.#lit = [];
    this.#canvas.hidden = true;
  }

  /** Lights what the playhead has just crossed; draws only when that has changed. */
  light(scene: GridScene, playhead: number): void {
    const lit = litAt(scene, playhead);
    const isSame =
      lit.length === this.#lit.length && lit.every(({ hit }, index) => hit === this.#lit[index]?.hit);
    if (isSame) return;
    this.#lit = lit;
    this.#canvas.hidden = lit.length === 0;
    if (lit.length > 0)
      this.#draw(scene, Math.round(xOfTicks(playhead, scene.stepWidth)) + AHEAD_PX - WIDTH_PX);
  }

  #draw(scene: GridScene, left: number): void {
    const { rowHeight, stepWidth } = scene;
    const ratio = window.devicePixelRatio || 1;
    const high = scene.rows.rows.length * rowHeight;
    const [wide, tall] = [Math.round(WIDTH_PX * ratio), Math.round(high * ratio)];
    const canvas = this.#canvas;
    if (canvas.width !== wide || canvas.height !== tall) {
      canvas.width = wide;
      canvas.height = tall;
      canvas.style.width = `${WIDTH_PX}px`;
      canvas.style.height = `${high}px`;
    }
    canvas.style.transform = `translateX(${left}px)`;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, WIDTH_PX, high);
    for (const { row, hit } of this.#lit) {
      const lane = scene.rows.rows[row]?.lane;
      const { top, bottom } = voicePlace(rowHeight, hit.voice, lane?.instruments.length ?? 1);
      const body = bodyHeight(midiVelocity(hit.note.velocity) / 127, bottom - top);
      context.fillStyle = colour(roleToken(hit.note.role));
      const x = xOfTicks(hit.onset, stepWidth) - left;
      context.fillRect(x, row * rowHeight + bottom - body, bodyWidth(stepWidth), body);
    }
  }
}

function litAt({ rows, isSilent }: GridScene, playhead: number): readonly LitHit[] {
  const lit: LitHit[] = [];
  for (const [row, { hits }] of rows.rows.entries()) {
    for (let at = firstFrom(hits, playhead - FLASH_TICKS); at < hits.length; at++) {
      const hit = hits[at];
      if (!hit || hit.onset > playhead) break;
      if (hit.repeat >= 0 && !hit.note.muted && !isSilent(hit.note)) lit.push({ row, hit });
    }
  }
  return lit;
}
