import type { Mouse, MouseEvent } from '../ui/hooks/use-mouse.ts';
import type { Reply } from '../ui/terminal/input-parser.ts';
import type { TerminalInput } from './terminal-input.ts';

/** xterm's modes: 1000 tells of buttons pressed and released, 1006 has it tell so in a form without limits. */
const ON = '\u001b[?1000h\u001b[?1006h';
const OFF = '\u001b[?1006l\u001b[?1000l';

/** The mouse of a terminal. */
export function terminalMouse(input: TerminalInput, output: { write(text: string): unknown }): Mouse {
  const set = (isOn: boolean) => {
    input.mouse = isOn;
    output.write(isOn ? ON : OFF);
  };
  return {
    on: () => set(true),
    off: () => set(false),
    listen: (listener) =>
      input.onReply((reply) => {
        const event = eventOf(reply);
        if (event !== null) listener(event);
      }),
  };
}

/** Buttons as xterm numbers them; those held with Shift, Alt or Ctrl are the terminal's own business. */
const BUTTONS: ReadonlyMap<number, MouseEvent['what']> = new Map([
  [0, 'click'],
  [64, 'wheel-up'],
  [65, 'wheel-down'],
]);

function eventOf(reply: Reply): MouseEvent | null {
  if (reply.kind !== 'mouse') return null;
  const { button, column, row } = reply;
  const what = BUTTONS.get(button);
  return what === undefined ? null : { what, column, row };
}
