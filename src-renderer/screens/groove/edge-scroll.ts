/** Px from the window's edge in which a drag scrolls, and how far it does so in a frame at most. */
const EDGE_PX = 28;
const MOST_PX = 18;

interface Place {
  readonly clientX: number;
  readonly clientY: number;
}

/** Px to scroll for a pointer at `at` in a window from `low` to `high`: more the further it is out. */
export function edgePush(at: number, low: number, high: number): number {
  const under = low + EDGE_PX - at;
  const over = at - (high - EDGE_PX);
  const depth = under > 0 ? -under : over > 0 ? over : 0;
  return Math.max(-MOST_PX, Math.min(MOST_PX, Math.round((depth / EDGE_PX) * MOST_PX)));
}

/** Scrolls while a drag is held at the edge, and lets what is dragged follow. */
export function edgeScroll(): {
  follow(scroller: HTMLElement | null, pointer: Place, onScroll: (pointer: Place) => void): void;
  stop(): void;
} {
  let frame = 0;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  return {
    stop,
    follow(scroller, { clientX, clientY }, onScroll) {
      stop();
      if (!scroller) return;
      const box = scroller.getBoundingClientRect();
      const across = edgePush(clientX, box.left, box.right);
      const down = edgePush(clientY, box.top, box.bottom);
      if (across === 0 && down === 0) return;
      const push = (): void => {
        const { scrollLeft, scrollTop } = scroller;
        scroller.scrollBy(across, down);
        if (scroller.scrollLeft === scrollLeft && scroller.scrollTop === scrollTop) return;
        onScroll({ clientX, clientY });
        frame = requestAnimationFrame(push);
      };
      frame = requestAnimationFrame(push);
    },
  };
}
