import type { CommandAction, Update } from './actions.ts';
import { whyElsewhere } from './elsewhere.ts';
import { typeInVain } from './finding.ts';
import { paneRows } from './layout.ts';
import { isMove, say, scrolledBy, whyNot } from './moving.ts';
import { diveView } from './image-selectors.ts';
import type { State } from './state.ts';

/** What a command does on the screen of all that is known of the image: it is a text to be read through. */
export function imageCommand(state: State, { command, textLines }: CommandAction): Update {
  if (command === 'back') return { state: { ...state, screen: 'explore' } };
  if (command === 'enter') return { state: askForDive(state) };
  if (command === 'filter')
    return {
      state: typeInVain(state, 'This text is not searched: {back}, then {explore} leads to the files.'),
    };
  if (!isMove(command)) return { state: say(state, whyElsewhere(state, command)) };
  const top = scrolledBy(state.image.top, command, paneRows(state.size), textLines);
  return {
    state:
      top === state.image.top
        ? say(state, whyNot(command, textLines))
        : { ...state, image: { ...state.image, top } },
  };
}

/** dive's figures of a huge image are reckoned when somebody wants them. */
function askForDive(state: State): State {
  if (diveView(state) !== 'unasked') return say(state, 'There is nothing to open here.');
  return { ...state, image: { ...state.image, wantsDive: true } };
}
