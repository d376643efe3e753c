import type { Library, Noun } from '#main/library';
import type { LibraryNoun } from '#shared/protocol';

const isShown = (noun: Noun): noun is LibraryNoun => noun !== 'jobs';

/** Tells of changed tracks, kits, patterns and settings; jobs have a watch of their own. */
export const watchLibrary = (
  library: Library,
  listener: (changed: readonly LibraryNoun[]) => void,
): (() => void) =>
  library.watch(changed => {
    const shown = changed.filter(isShown);
    if (shown.length > 0) listener(shown);
  });
