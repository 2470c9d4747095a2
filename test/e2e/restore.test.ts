import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { prompts, Terminal, type TerminalOptions } from '../harness/terminal.ts';
import { expectWhole, startFromShell } from './from-shell.ts';
import { openSample, read, sizes } from './sample.ts';

const launcher = fileURLToPath(new URL('../../bin/peel.js', import.meta.url));

/** Runs peel from a shell that has something on its screen, and waits until peel has taken the screen over. */
async function openFromShell(options: TerminalOptions): Promise<Terminal> {
  const shell = await startFromShell('peel --sample', options);
  await shell.screen.shows(read);
  expect(shell.screen.buffer).toBe('alternate');
  expect(shell.screen.cursorVisible).toBe(false);
  expect(shell.screen.text()).not.toContain('what stood here before');
  return shell;
}

/** Makes a chosen place of the built program throw when SIGUSR2 comes, without a hook in the program itself. */
function throwing(body: string): TerminalOptions {
  return {
    files: { 'throw.mjs': `process.on('SIGUSR2', () => { ${body} });` },
    env: { NODE_OPTIONS: '--import ./throw.mjs' },
  };
}

describe.each(sizes)('the terminal at $columns x $rows is whole again', (size) => {
  it('after q', async () => {
    await using shell = await openFromShell(size);
    shell.press('q');
    await expectWhole(shell, 0);
  });

  it('after ^C', async () => {
    await using shell = await openFromShell(size);
    shell.press('ctrl-c');
    await expectWhole(shell, 130);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('after %s', async (signal, status) => {
    await using shell = await openFromShell(size);
    shell.signalPeel(signal);
    await expectWhole(shell, status);
  });

  it.each(['q', 'ctrl-z', 'SIGTERM'])(
    'after %s in the middle of drawing: no answer is left to the shell',
    async (how) => {
      await using shell = await startFromShell('peel --sample', size);
      // Every key draws so much that the terminal is asked something.
      await shell.screen.until('it has taken the screen', () => shell.screen.buffer === 'alternate');
      shell.press(...Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 'G' : 'g')));
      if (how === 'SIGTERM') shell.signalPeel(how);
      else shell.press(how);
      await prompts(shell);
      shell.type('echo nothing else\n');
      await shell.screen.shows(/^nothing else$/m);
      expect(shell.screen.text()).toContain('$ echo nothing else');
    },
  );

  it('after ^C and q while a filter is being typed', async () => {
    await using shell = await openFromShell(size);
    await shell.step('/', 'q');
    shell.press('ctrl-c');
    await expectWhole(shell, 130);
  });

  it('after q on a screen that is too small', async () => {
    await using shell = await openFromShell(size);
    await shell.resize(50, 10);
    await shell.screen.shows('peel needs');
    await shell.resize(size.columns, size.rows);
    await shell.screen.shows(read);
    shell.press('q');
    await expectWhole(shell, 0);
  });

  it('after an error outside of drawing, which is told in one line', async () => {
    await using shell = await openFromShell({
      ...size,
      ...throwing(`throw new Error('thrown by the test')`),
    });
    shell.signalPeel('SIGUSR2');
    await expectWhole(shell, 2);
    expect(shell.screen.lines().filter((line) => line.includes('thrown by the test'))).toEqual([
      'peel: thrown by the test',
    ]);
  });

  it('after a promise that nobody caught', async () => {
    const options = throwing(`Promise.reject(new Error('rejected by the test'))`);
    await using shell = await openFromShell({ ...size, ...options });
    shell.signalPeel('SIGUSR2');
    await expectWhole(shell, 2);
    expect(shell.screen.text()).toContain('peel: rejected by the test');
  });

  it('after an error while drawing, which is told in one line', async () => {
    // Every border is drawn with it; the window's title tells that it is in place.
    const options = throwing(`
      String.prototype.repeat = () => { throw new Error('thrown while drawing') };
      process.stdout.write('\\x1b]0;in place\\x07');
    `);
    await using shell = await openFromShell({ ...size, ...options });
    shell.signalPeel('SIGUSR2');
    await shell.screen.until('the trap is set', () => shell.screen.received.includes('in place'));
    shell.press('j');
    await expectWhole(shell, 2);
    expect(shell.screen.lines().filter((line) => line.includes('thrown while drawing'))).toEqual([
      'peel: thrown while drawing',
    ]);
  });
});

describe('a terminal that goes away', () => {
  it('takes peel with it', async () => {
    await using peel = await openSample({ columns: 80, rows: 24 });
    peel.hangUp();
    await peel.exit();
  });

  it('ends peel where only its keys come from there, and the screen is on a terminal that stays', async () => {
    // What the one with the screen answers is read by nobody. It is opened first: it must not inherit the other's end.
    const peel = `read -r keys; stty -echo; '${process.execPath}' '${launcher}' --sample <"$keys"; echo "status $?"`;
    await using shown = new Terminal('/bin/sh', ['-c', peel]);
    // The kernel tells of a terminal's end only those who have no other: what peel hears is that no more keys come.
    await using keys = new Terminal('/bin/sh', ['-c', 'tty; while :; do sleep 1; done']);
    await keys.screen.shows(/^\/dev\/.+/m);
    shown.type(`${keys.screen.line(0)}\n`);
    await shown.screen.shows(read);
    keys.type('j');
    await shown.screen.selects('ENV LANG');
    keys.hangUp();
    await shown.screen.shows(/^status 129$/m);
    expect(shown.screen.buffer).toBe('normal');
    expect(shown.screen.cursorVisible).toBe(true);
    expect(shown.screen.modes).toEqual([]);
  });
});
