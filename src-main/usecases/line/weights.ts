/** Weight of each stage: its measured share of the time of a song. */
export const WEIGHTS = {
  read: 1,
  separate: 8,
  bleed: 0.5,
  onsets: 3,
  tempo: 1,
  slices: 2,
  kit: 1,
  embed: 1,
  roles: 2,
  groove: 0.2,
  render: 1,
  publish: 0.3,
} as const;
