/** peel as a person starts it: from a shell that has something on its screen, and wants its terminal back whole. */
import { expect } from 'vitest';
import { openShell, prompts, type Terminal, type TerminalOptions } from '../harness/terminal.ts';

/** Types a command that runs peel into a shell of its own. */
export async function startFromShell(command: string, options: TerminalOptions): Promise<Terminal> {
  const shell = await openShell(options);
  shell.type('echo what stood here before\n');
  await shell.screen.shows(/^what stood here before$/m);
  await prompts(shell);
  shell.type(`${command}\n`);
  return shell;
}

/**
 * Everything that a terminal must be again once peel has gone: its screen, cursor, modes and line editing.
 * @param status the exit status, or several where it is not the test that decides.
 */
export async function expectWhole(
  shell: Terminal,
  status: number | readonly number[],
  command = 'peel --sample',
): Promise<void> {
  await prompts(shell);
  // The shell shows this only where the terminal echoes again, and runs it only where Enter ends a line again.
  shell.type('echo "status $?"\n');
  await shell.screen.shows(new RegExp(`^status (${[status].flat().join('|')})$`, 'm'));
  expect(shell.screen.text()).toContain('$ echo "status $?"');
  expect(shell.screen.lines().slice(0, 3)).toEqual([
    '$ echo what stood here before',
    'what stood here before',
    `$ ${command}`,
  ]);
  expect(shell.screen.cursorVisible).toBe(true);
  expect(shell.screen.modes).toEqual([]);
  const { x, y } = shell.screen.find('status $?');
  expect(shell.screen.styleAt(x, y), 'no colour is left over').toMatchObject({
    fg: 'default',
    inverse: false,
  });
}
