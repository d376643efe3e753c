import { clock } from '#renderer/ui';

/** "21.4 h", "32 min", "9 s" of audio. */
export function audioLength(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** "5:12"; hours in front where there are any. */
export const workLength = (seconds: number): string => clock(Math.max(1, Math.ceil(seconds)));

/** "min, ± 0:20" beside `workLength`. */
export const marginWords = (seconds: number): string => `min, ± ${clock(Math.max(1, Math.ceil(seconds)))}`;
