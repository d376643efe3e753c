import { create } from 'zustand';
import type { BarRange } from '#shared/edit';
import { barAt, barStarts } from '#shared/model';
import { shownPattern, useDocument } from '#renderer/state';
import { meantBars } from './meaning';

/** Px of the window. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** What lies over the groove editor and waits for an answer. */
export type GrooveDialog =
  | { readonly kind: 'select' | 'velocities' }
  | { readonly kind: 'bars'; readonly range: BarRange }
  | { readonly kind: 'row'; readonly lane: string }
  | { readonly kind: 'hit-menu'; readonly place: Point }
  | { readonly kind: 'bar-menu'; readonly place: Point; readonly range: BarRange };

export const useGrooveDialog = create<{ readonly open: GrooveDialog | null }>(() => ({ open: null }));

export const openGrooveDialog = (open: GrooveDialog): void => useGrooveDialog.setState({ open });
export const closeGrooveDialog = (): void => useGrooveDialog.setState({ open: null });

export const openHitMenu = (place: Point): void => openGrooveDialog({ kind: 'hit-menu', place });

/** The menu of the bar that holds `tick`, or of the bars that are meant when it is one of them. */
export function openBarMenu(place: Point, tick: number): void {
  const pattern = shownPattern(useDocument.getState());
  if (!pattern) return;
  const { bar } = barAt(barStarts(pattern.bars), tick);
  const meant = meantBars(pattern, useDocument.getState());
  const range = bar >= meant.from && bar < meant.to ? meant : { from: bar, to: bar + 1 };
  openGrooveDialog({ kind: 'bar-menu', place, range });
}
