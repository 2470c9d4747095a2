import { useEffectEvent, useLayoutEffect } from 'react';

/** A press of the mouse's first button, or a notch of its wheel; the cell counted from 0. */
export interface MouseEvent {
  readonly what: 'click' | 'wheel-up' | 'wheel-down';
  readonly column: number;
  readonly row: number;
}

/** The terminal's mouse. While it is on, text is selected with Shift in most terminals. */
export interface Mouse {
  readonly on: () => void;
  readonly off: () => void;
  /** Calls back with what happens while it is on; returns what ends that. */
  readonly listen: (listener: (event: MouseEvent) => void) => () => void;
}

/** Has the mouse while the screen stands. The effect's end comes with every way out that Ink takes, signals too. */
export function useMouse(mouse: Mouse | null, onMouse: (event: MouseEvent) => void): void {
  const hear = useEffectEvent(onMouse);
  useLayoutEffect(() => {
    if (mouse === null) return;
    const end = mouse.listen((event) => hear(event));
    mouse.on();
    return () => {
      mouse.off();
      end();
    };
  }, [mouse]);
}
