/** Searches and selections to go back and forward through, as a browser of pages does. */
export interface Trail<Step> {
  readonly back: readonly Step[];
  readonly forward: readonly Step[];
}

export const NO_TRAIL: Trail<never> = { back: [], forward: [] };
const LONGEST = 200;

/** `before` is left for something new. */
export const stepped = <Step>(trail: Trail<Step>, before: Step): Trail<Step> => ({
  back: [...trail.back, before].slice(-LONGEST),
  forward: [],
});

/** One step back: where to, and the trail from there; null at the beginning. */
export function steppedBack<Step>(
  trail: Trail<Step>,
  now: Step,
): { readonly to: Step; readonly trail: Trail<Step> } | null {
  const to = trail.back.at(-1);
  return to === undefined
    ? null
    : { to, trail: { back: trail.back.slice(0, -1), forward: [...trail.forward, now] } };
}

export function steppedForward<Step>(
  trail: Trail<Step>,
  now: Step,
): { readonly to: Step; readonly trail: Trail<Step> } | null {
  const to = trail.forward.at(-1);
  return to === undefined
    ? null
    : { to, trail: { back: [...trail.back, now], forward: trail.forward.slice(0, -1) } };
}
