import type { CommandAction, Update } from './actions.ts';
import { returnTo } from './going.ts';
import { paneRows } from './layout.ts';
import { isMove, say, scrolledBy, whyNot } from './moving.ts';
import type { State } from './state.ts';

/** What a command does on the screen of one file. */
export function fileCommand(state: State, { command, textLines }: CommandAction): Update {
  const { file } = state;
  if (file === null) return { state };
  if (command === 'back') return { state: returnTo(state, file.from) };
  if (!isMove(command))
    return { state: say(state, 'That key works among the layers and files: {explore} leads there.') };
  const top = scrolledBy(file.top, command, paneRows(state.size), textLines);
  return {
    state: top === file.top ? say(state, whyNot(command, textLines)) : { ...state, file: { ...file, top } },
  };
}
