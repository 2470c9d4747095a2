import type { Action, Effect } from '../state/actions.ts';
import type { State } from '../state/state.ts';
import { update } from '../state/update.ts';

/** Holds the state; tells listeners when it has changed, and the world outside what to do. */
export class Store {
  private current: State;
  private readonly listeners = new Set<() => void>();
  private readonly run: (effect: Effect) => void;

  constructor(initial: State, run: (effect: Effect) => void) {
    this.current = initial;
    this.run = run;
  }

  readonly state = (): State => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly dispatch = (action: Action): void => {
    const { state, effect } = update(this.current, action);
    this.current = state;
    for (const listener of this.listeners) listener();
    if (effect !== undefined) this.run(effect);
  };
}
