import { describe, expect, it } from 'vitest';
import { openPeel, openShell, prompts } from '../harness/terminal.ts';
import { focused, openSample, read } from './sample.ts';

const SIZE = { columns: 120, rows: 40 };
const files = { '.config/peel/config.toml': 'mouse = true' };
/** What tells of the mouse: buttons, and in which form. */
const MOUSE = [1000, 1006];

/** A press and its release; the cell counted from 1, as terminals do. */
const click = (column: number, row: number) => `\u001b[<0;${column};${row}M\u001b[<0;${column};${row}m`;
const wheelDown = (column: number, row: number) => `\u001b[<65;${column};${row}M`;

describe('the mouse', () => {
  it('is the terminal’s, unless it is wanted', async () => {
    await using peel = await openSample(SIZE);
    expect(peel.screen.modes).not.toContain(1000);
    const before = peel.screen.text();
    peel.type(click(10, 6));
    await peel.step('j');
    await peel.step('k');
    expect(peel.screen.text()).toBe(before);
  });

  it('goes where it clicks, and its wheel moves what is under it', async () => {
    await using peel = openPeel(['--sample'], { ...SIZE, files });
    await peel.screen.shows(read);
    await peel.screen.until('the mouse is on', () => MOUSE.every((mode) => peel.screen.modes.includes(mode)));
    peel.type(click(10, 7));
    await peel.screen.selects('WORKDIR /app');
    await peel.step(']');
    peel.type(click(80, 6));
    await peel.screen.until('the files have the focus', () => focused(peel.screen).startsWith('Files'));
    const row = peel.screen.selected();
    peel.type(wheelDown(80, 20) + wheelDown(80, 20));
    await peel.screen.until('the wheel moves the files', () => peel.screen.selected() !== row);
    expect(peel.screen.line(-1)).not.toMatch(/does nothing|\[<|;/);
  });

  it('leads to the screens that the first line names', async () => {
    await using peel = openPeel(['--sample'], { ...SIZE, files });
    await peel.screen.shows(read);
    await peel.screen.until('the mouse is on', () => MOUSE.every((mode) => peel.screen.modes.includes(mode)));
    for (const [number, current] of [
      ['3', /\[3( Waste)?\]/],
      ['4', /\[4( Image)?\]/],
      ['2', /\[2( Explore)?\]/],
    ] as const) {
      peel.type(click(peel.screen.line(0).lastIndexOf(number) + 1, 1));
      await peel.screen.until(`screen ${number} is named`, () => current.test(peel.screen.line(0)));
    }
    expect(peel.screen.line(-1)).not.toMatch(/does nothing|\[<|;/);
  });

  it('folds and unfolds on the mark, and on the name of a key does what the key does', async () => {
    await using peel = openPeel(['--sample'], { ...SIZE, columns: 80, rows: 24, files });
    await peel.screen.shows(read);
    await peel.screen.until('the mouse is on', () => MOUSE.every((mode) => peel.screen.modes.includes(mode)));
    /** Clicks on the first cell of a text. */
    const clickOn = (text: string) => {
      const { x, y } = peel.screen.find(text);
      peel.type(click(x + 1, y + 1));
    };
    await peel.screen.shows('▾ usr/');
    clickOn('▾ usr/');
    await peel.screen.selects('▸ usr/');
    clickOn('▸ usr/');
    await peel.screen.selects('▾ usr/');
    clickOn('/ filter');
    await peel.screen.shows('Esc clear');
    peel.type('etc');
    await peel.screen.shows(/\d match .*Enter keep/);
    clickOn('Esc clear');
    await peel.screen.shows('/ filter');
    clickOn('? keys');
    await peel.screen.shows('q close');
    clickOn('q close');
    await peel.screen.shows('/ filter');
    expect(peel.screen.line(-1)).not.toMatch(/does nothing|\[<|;/);
  });

  it('is given back on every way out', async () => {
    await using shell = await openShell({ ...SIZE, files });
    for (const leave of ['q', 'ctrl-c', 'SIGTERM', 'SIGHUP'] as const) {
      shell.type('peel --sample\n');
      await shell.screen.shows(read);
      await shell.screen.until('the mouse is on', () => shell.screen.modes.includes(1006));
      if (leave.startsWith('SIG')) shell.signalPeel(leave as 'SIGTERM');
      else shell.press(leave);
      await shell.screen.until(
        'the mouse is off',
        () => !MOUSE.some((mode) => shell.screen.modes.includes(mode)),
      );
      await prompts(shell);
      expect(shell.screen.modes).toEqual([]);
    }
  });

  it('is given back while peel is stopped', async () => {
    await using shell = await openShell({ ...SIZE, files });
    shell.type('peel --sample\n');
    await shell.screen.shows(read);
    shell.press('ctrl-z');
    await shell.screen.shows('Stopped');
    await prompts(shell);
    expect(shell.screen.modes).toEqual([]);
    shell.type('fg\n');
    await shell.screen.until('the mouse is on again', () => shell.screen.modes.includes(1006));
    await shell.screen.shows(read);
    shell.press('q');
    await prompts(shell);
    expect(shell.screen.modes).toEqual([]);
  });
});
