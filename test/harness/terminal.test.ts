import { describe, expect, it } from 'vitest';
import { openShell, Terminal, type TerminalOptions } from './terminal.ts';

/** Runs a few lines of JavaScript in a terminal: a program as small as the thing to be seen. */
function run(program: string, options?: TerminalOptions): Terminal {
  return new Terminal(process.execPath, ['-e', program], options);
}

/** Shows each piece of input as JSON, so that a test sees what a key sends. `q` ends it. */
const echo = `
  process.stdin.setRawMode(true);
  process.stdin.on('data', (bytes) => {
    if (String(bytes) === 'q') process.exit(0);
    console.log(JSON.stringify(String(bytes)));
  });
  console.log('ready');
`;

describe('the terminal driver', () => {
  it('shows what a program prints, row by row, and how it is drawn', async () => {
    await using terminal = run(
      `console.log('one\\ntwo \\x1b[1;32mgreen\\x1b[0m 日本 \\x1b[2;31;44mend\\x1b[0m')`,
    );
    await terminal.screen.shows('end');
    expect(terminal.screen.line(0)).toBe('one');
    expect(terminal.screen.lines()[1]).toBe('two green 日本 end');
    const green = terminal.screen.find('green');
    expect(green).toEqual({ x: 4, y: 1 });
    expect(terminal.screen.styleAt(green.x, green.y)).toMatchObject({
      fg: 'green',
      bg: 'default',
      bold: true,
      dim: false,
    });
    const end = terminal.screen.find('end');
    expect(end, 'a wide character takes two cells').toEqual({ x: 15, y: 1 });
    expect(terminal.screen.styleAt(end.x, end.y)).toMatchObject({
      fg: 'red',
      bg: 'blue',
      bold: false,
      dim: true,
    });
  });

  it('tells the normal from the alternate buffer and brings the normal one back', async () => {
    await using terminal = run(`
      console.log('before');
      process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?2004hinside');
      process.stdin.setRawMode(true);
      process.stdin.once('data', () => {
        process.stdout.write('\\x1b[?2004l\\x1b[?25h\\x1b[?1049l');
        process.exit(0);
      });
    `);
    await terminal.screen.shows('inside');
    expect(terminal.screen.buffer).toBe('alternate');
    expect(terminal.screen.cursorVisible).toBe(false);
    expect(terminal.screen.modes).toContain(2004);
    expect(terminal.screen.text()).not.toContain('before');

    terminal.press('x');
    await terminal.exit();
    expect(terminal.screen.buffer).toBe('normal');
    expect(terminal.screen.cursorVisible).toBe(true);
    expect(terminal.screen.modes).toEqual([]);
    expect(terminal.screen.line(0)).toBe('before');
  });

  it('looks only at whole frames while the program draws synchronized', async () => {
    await using terminal = run(`
      process.stdout.write('\\x1b[?2026hhalf');
      process.stdin.setRawMode(true);
      process.stdin.once('data', () => process.stdout.write(' whole\\x1b[?2026l', () => process.exit(0)));
      process.stdout.write('\\x1b[6n');
    `);
    // The answer to the program's question where the cursor is serves as the key it waits for.
    await terminal.screen.shows('half');
    expect(terminal.screen.line(0)).toBe('half whole');
  });

  it('has an answer when all of the screen has been painted after it, not when something has', async () => {
    await using terminal = run(`
      let text = 'old';
      const paint = () => process.stdout.write('\\x1b[?2026h\\x1b[H\\x1b[J' + text + '\\x1b[?2026l');
      process.stdin.setRawMode(true);
      process.stdin.on('data', () => { text = 'new'; process.stdout.write('.'); });
      process.on('SIGWINCH', paint);
      paint();
    `);
    await terminal.screen.shows('old');
    terminal.press('x');
    await terminal.screen.shows('old.');
    await terminal.answers();
    expect(terminal.screen.line(0)).toBe('new');
  });

  it('answers the questions that a program asks of its terminal', async () => {
    await using terminal = run(`
      process.stdin.setRawMode(true);
      process.stdin.once('data', (answer) => { console.log(JSON.stringify(String(answer))); process.exit(0); });
      process.stdout.write('abc\\x1b[6n');
    `);
    await terminal.screen.shows(String.raw`"\u001b[1;4R"`);
  });

  it('sends for each key what a terminal sends', async () => {
    await using terminal = run(echo);
    await terminal.screen.shows('ready');
    for (const [key, shown] of [
      ['j', '"j"'],
      ['enter', String.raw`"\r"`],
      ['up', String.raw`"\u001b[A"`],
      ['shift-tab', String.raw`"\u001b[Z"`],
      ['pagedown', String.raw`"\u001b[6~"`],
      ['ctrl-c', String.raw`"\u0003"`],
      ['escape', String.raw`"\u001b"`],
    ] as const) {
      terminal.press(key);
      await terminal.screen.shows(shown);
    }
    terminal.type('a whole burst');
    await terminal.screen.shows('"a whole burst"');
    expect(() => terminal.press('no-such-key')).toThrow('no such key');
  });

  it('tells the program its new size, and draws in it', async () => {
    await using terminal = run(
      `
      const say = () => console.log(process.stdout.columns + 'x' + process.stdout.rows + ' ' + '-'.repeat(process.stdout.columns - 10));
      process.stdout.on('resize', say);
      say();
      process.stdin.resume();
    `,
      { columns: 80, rows: 24 },
    );
    await terminal.screen.shows('80x24');
    await terminal.resize(50, 10);
    await terminal.screen.shows(/^50x10 -{40}$/m);
    expect([terminal.screen.columns, terminal.screen.lines().length]).toEqual([50, 10]);
  });

  it('reports exit codes, signals, and what a shell makes of them', async () => {
    await using seven = run('process.exit(7)');
    expect(await seven.exit()).toEqual({ code: 7, signal: null, status: 7 });

    await using ended = run(`console.log('up'); process.stdin.resume()`);
    await ended.screen.shows('up');
    ended.signal('SIGTERM');
    expect(await ended.exit()).toEqual({ code: null, signal: 'SIGTERM', status: 143 });

    await using handled = run(
      `process.on('SIGHUP', () => process.exit(129)); console.log('up'); process.stdin.resume()`,
    );
    await handled.screen.shows('up');
    handled.signal('SIGHUP');
    expect(await handled.exit()).toEqual({ code: 129, signal: null, status: 129 });
  });

  it('turns ^C into SIGINT unless the program reads keys raw', async () => {
    await using terminal = run(`console.log('up'); process.stdin.resume()`);
    await terminal.screen.shows('up');
    terminal.press('ctrl-c');
    expect(await terminal.exit()).toMatchObject({ signal: 'SIGINT', status: 130 });
  });

  it('hangs up: the terminal is gone, as when a connection breaks', async () => {
    await using terminal = run(`console.log('up'); process.stdin.resume()`);
    await terminal.screen.shows('up');
    terminal.hangUp();
    expect(await terminal.exit()).toMatchObject({ signal: 'SIGHUP', status: 129 });
  });

  it('fails with a picture of the screen, at once when the program has ended', async () => {
    await using terminal = run(`console.log('only this')`);
    await expect(terminal.screen.shows('something else')).rejects.toThrow(
      /shows “something else”, but the program ended \(exit status 0\):\n~+\nonly this\n/,
    );
  });

  it('gives each program the same small environment and a home of its own', async () => {
    await using terminal = run(
      `console.log(JSON.stringify(process.env.CI ?? 'no CI'), process.env.TERM, process.env.LC_ALL, process.env.EXTRA)`,
      {
        env: { EXTRA: 'more' },
        columns: 120,
      },
    );
    await terminal.screen.shows('"no CI" xterm-256color C.UTF-8 more');
  });

  it('opens a shell with job control', async () => {
    await using shell = await openShell();
    // The job says when it runs: before that, the shell would be the one to hear ^Z.
    shell.type(`sh -c 'echo up; read line; echo "got $line"'\n`);
    await shell.screen.shows(/^up$/m);
    shell.press('ctrl-z');
    await shell.screen.shows('Stopped');
    shell.type('fg\nhello\n');
    await shell.screen.shows(/^got hello$/m);
    shell.type('exit\n');
    expect(await shell.exit()).toMatchObject({ status: 0 });
  });
});
