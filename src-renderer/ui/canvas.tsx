import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useTheme } from './theme';

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

export interface CanvasHandle {
  /** Draws again before the next frame. */
  redraw(): void;
}

interface CanvasProps {
  /** Draws everything in CSS px; called when it, the size or the theme changes. */
  readonly draw: Draw;
  readonly className?: string;
  readonly handle?: Ref<CanvasHandle>;
}

/** A picture that is drawn: sharp on any screen, sized by its layout. What it says, something else must say in words. */
export function Canvas({ draw, className = 'h-full w-full', handle }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef(0);
  const latest = useRef(draw);
  const theme = useTheme();

  const paint = useCallback(() => {
    frame.current = 0;
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const { clientWidth: width, clientHeight: height } = element;
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== wide || element.height !== high) {
      element.width = wide;
      element.height = high;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (width > 0 && height > 0) latest.current(context, width, height);
  }, []);

  const redraw = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(paint);
  }, [paint]);

  useImperativeHandle(handle, () => ({ redraw }), [redraw]);

  useLayoutEffect(() => {
    latest.current = draw;
    redraw();
  }, [draw, redraw, theme]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(redraw);
    observer.observe(element);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [redraw]);

  return <canvas ref={canvas} aria-hidden="true" className={`block ${className}`} />;
}

/** Calls `onFrame` before every frame while `isOn`. */
export function useFrames(isOn: boolean, onFrame: () => void): void {
  const latest = useRef(onFrame);
  useEffect(() => {
    latest.current = onFrame;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    let frame = requestAnimationFrame(function tick() {
      latest.current();
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [isOn]);
}
