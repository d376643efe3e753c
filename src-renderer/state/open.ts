import type { Kit, Track } from '#shared/model';
import type { StoredPattern } from '#shared/protocol';
import { closeDocument, openDocument, useDocument } from './document';
import { openKit } from './kit-draft';
import { loadHits, loadKitHits, useLibrary } from './library';
import { attempt } from './notices';
import { leaveTrack } from './tracks';
import { setView, useView } from './view';

/** The pattern that belongs to a track: the newest one made from it. */
const patternOf = (trackId: string): StoredPattern | undefined =>
  useLibrary.getState().patterns.findLast(pattern => pattern.trackId === trackId);

/** Selects a track, and with it the kit and the pattern that were made from it. */
export function openTrack(trackId: string): void {
  if (trackId === useView.getState().trackId) return;
  leaveTrack();
  const pattern = patternOf(trackId);
  setView({ trackId, ...(pattern ? { patternId: pattern.id, kitId: pattern.kitId } : {}) });
  followView();
}

export function openPattern(patternId: string): void {
  const pattern = useLibrary.getState().patterns.find(one => one.id === patternId);
  if (!pattern) return;
  setView({
    patternId,
    kitId: pattern.kitId,
    ...(pattern.trackId === null ? {} : { trackId: pattern.trackId }),
  });
  followView();
}

export function openKitById(kitId: string): void {
  setView({ kitId });
  followView();
}

/** Brings the open documents in line with what the view names and the library holds. */
export function followView(): void {
  const { patternId, kitId, trackId } = useView.getState();
  const { patterns, kits, hits, kitHits } = useLibrary.getState();
  const pattern = patterns.find(one => one.id === patternId);
  if (pattern) openDocument(pattern);
  else if (patternId === null && useDocument.getState().id !== null) closeDocument();
  openKit(kits.find(one => one.id === kitId) ?? null);
  const documentKit = useDocument.getState().kitId;
  const wantedKits = new Set([kitId, documentKit].filter(id => id && kits.some(kit => kit.id === id)));
  for (const id of wantedKits) {
    if (id && !(id in kitHits)) void attempt('Reading the kit', () => loadKitHits(id));
  }
  if (trackId !== null && !(trackId in hits)) void attempt('Reading the slices', () => loadHits(trackId));
}

/** What to show when nothing was kept: the project that was asked for, else the demo, else the first track. */
export function chooseFirstView(): void {
  const { info, tracks, patterns } = useLibrary.getState();
  const { trackId, patternId } = useView.getState();
  const isKept =
    tracks.some(track => track.id === trackId) || patterns.some(pattern => pattern.id === patternId);
  const wanted = info?.open ?? (isKept ? null : info?.demo);
  if (wanted) setView({ trackId: wanted.trackId, kitId: wanted.kitId, patternId: wanted.patternId });
  else if (!isKept && tracks[0]) openTrack(tracks[0].id);
  followView();
}

export const useTrack = (): Track | undefined => {
  const trackId = useView(state => state.trackId);
  return useLibrary(state => state.tracks.find(track => track.id === trackId));
};

/** The kit under the open pattern, as edited in this window. */
export const useDocumentKit = (): Kit | undefined => {
  const kitId = useDocument(state => state.kitId);
  return useLibrary(state => state.kits.find(kit => kit.id === kitId));
};
