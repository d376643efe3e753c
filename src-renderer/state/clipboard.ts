import { create } from 'zustand';
import type { Clip } from '#shared/edit';

/** Hits that were copied; they outlive the pattern they came from. */
export const useClipboard = create<{ readonly clip: Clip | null }>(() => ({ clip: null }));
