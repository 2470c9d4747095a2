import type { CommandAction, Update } from './actions.ts';
import { jumpTo } from './going.ts';
import { say } from './moving.ts';
import { currentWaste } from './selectors.ts';
import type { State } from './state.ts';

/** What a command does on the screen of where every byte went. */
export function wasteScreenCommand(state: State, { command }: CommandAction): Update {
  if (command === 'back') return { state: { ...state, screen: 'explore' } };
  const row = currentWaste(state);
  if (command === 'enter' && row !== null) return { state: jumpTo(state, row) };
  return { state: say(state, 'That key works among the layers and files: {explore} leads there.') };
}
