// Which screen a command is for.

import type { Command, CommandAction, Update } from './actions.ts';
import { errandCommand } from './errands.ts';
import { exploreCommand } from './explore-commands.ts';
import { fileCommand } from './file-commands.ts';
import { clearFilter, keepFilter, leaveTyping, typeInVain } from './finding.ts';
import { switchScreen } from './going.ts';
import { handOut } from './handing-out.ts';
import { imageCommand } from './image-commands.ts';
import { paneRows } from './layout.ts';
import { isMove, say, scrolledBy, whyNot } from './moving.ts';
import { missingCommand, pickerCommand } from './picker-commands.ts';
import type { State } from './state.ts';
import { recall } from './typing.ts';
import { wasteScreenCommand } from './waste-screen-commands.ts';

/** What a command does to a state whose message has been cleared. */
export function runCommand(state: State, action: CommandAction): Update {
  const { command } = action;
  const leaves = command === 'quit' && state.help === null;
  if (leaves || command === 'interrupt') {
    return { state, effect: { type: 'quit', isInterrupted: command === 'interrupt' } };
  }
  if (state.typing === 'nothing') return nothingTyped({ ...state, typing: null }, action);
  if (state.help !== null) return { state: helpCommand(state, state.help, action) };
  if (command === 'help') return { state: { ...state, help: { top: 0 } } };
  if (state.screen === 'missing') return missingCommand(state, command, action.now);
  if (state.screen === 'images') return imagesCommand(state, action);
  const recalled = recall(state, command);
  if (recalled !== null) return { state: recalled };
  // Whoever types something else does not answer what is asked meanwhile.
  const sent = TYPED_APART.has(state.typing) ? null : errandCommand(state, action);
  if (sent !== null) return sent;
  if (state.typing !== null) return typingCommand(state, action);
  return screenCommand(state, action);
}

const TYPED_APART: ReadonlySet<State['typing']> = new Set(['files-filter', 'file-search']);

/** Enter and Esc end what is typed in vain; any other command does its work besides. */
function nothingTyped(state: State, action: CommandAction): Update {
  return action.command === 'enter' || action.command === 'back' ? { state } : runCommand(state, action);
}

/** Screens of an image: where one is open, their keys lead there from the list of images too. */
const OF_AN_IMAGE: ReadonlySet<Command> = new Set<Command>([
  'explore',
  'waste',
  'waste-screen',
  'image',
  'file',
]);

function imagesCommand(state: State, action: CommandAction): Update {
  if (!OF_AN_IMAGE.has(action.command)) return pickerCommand(state, action.command, action.now);
  const switched = state.open === null ? null : switchScreen({ ...state, typing: null }, action.command);
  return switched ?? { state: say(state, 'No image is open yet: choose one and press {enter}.') };
}

/** What leads to a screen does so from all others. */
function screenCommand(state: State, action: CommandAction): Update {
  const switched = switchScreen(state, action.command);
  if (switched !== null) return switched;
  const handedOut = handOut(state, action.command);
  if (handedOut !== null) return handedOut;
  switch (state.screen) {
    case 'waste':
      return wasteScreenCommand(state, action);
    case 'image':
      return imageCommand(state, action);
    case 'file':
      return fileCommand(state, action);
    default:
      return exploreCommand(state, action);
  }
}

/** Keys that leave the help: whoever reads it has not asked to leave peel. */
const LEAVES_HELP: ReadonlySet<Command> = new Set<Command>(['help', 'back', 'enter', 'quit']);

function helpCommand(state: State, help: { top: number }, { command, textLines }: CommandAction): State {
  if (LEAVES_HELP.has(command)) return { ...state, help: null };
  if (command === 'filter') return typeInVain(state, 'The help is not searched.');
  if (!isMove(command)) return say(state, '{back} leaves the help.');
  const top = scrolledBy(help.top, command, paneRows(state.size), textLines);
  return top === help.top ? say(state, whyNot(command, textLines)) : { ...state, help: { top } };
}

/** While a text is typed that is searched for in a file, Enter keeps it; Esc forgets it, as it does later. */
function searchingCommand(typed: State, action: CommandAction): Update {
  return action.command === 'enter' ? { state: typed } : screenCommand(typed, action);
}

/** While a filter is typed, Enter keeps it, Esc clears it, and any other command ends the typing and does its work. */
function typingCommand(state: State, action: CommandAction): Update {
  if (state.typing === 'file-search') return searchingCommand({ ...state, typing: null }, action);
  if (action.command === 'enter') return { state: keepFilter(state) };
  const typed = leaveTyping(state);
  return action.command === 'back' ? { state: clearFilter(typed) } : screenCommand(typed, action);
}
