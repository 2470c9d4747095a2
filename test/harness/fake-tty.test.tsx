import { Box, Text, useApp, useInput, useWindowSize } from 'ink';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { renderOnScreen } from './fake-tty.ts';

/** The smallest full-screen list: the arrows or j and k move, q quits. */
function List({ names }: { names: readonly string[] }) {
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  const [row, setRow] = useState(0);
  const [last, setLast] = useState('nothing');

  useInput((input, key) => {
    setLast(Object.entries(key).find(([, pressed]) => pressed === true)?.[0] ?? input);
    if (input === 'j' || key.downArrow) setRow((at) => Math.min(names.length - 1, at + 1));
    if (input === 'k' || key.upArrow) setRow((at) => Math.max(0, at - 1));
    if (input === 'q') exit();
  });

  return (
    <Box height={rows} width={columns} flexDirection="column" borderStyle="bold">
      {names.map((name, at) => (
        <Text key={name} color={at === row ? 'green' : 'white'}>
          {at === row ? '▸' : ' '} {name}
        </Text>
      ))}
      <Text>
        {columns} by {rows}, last: {last}
      </Text>
    </Box>
  );
}

const fruit = ['apple', 'pear', 'plum'];

describe('the fake terminal', () => {
  it('shows an Ink tree on the alternate buffer, with its colours', async () => {
    await using app = renderOnScreen(<List names={fruit} />, { columns: 40, rows: 8 });
    await app.screen.shows('▸ apple');
    expect(app.screen.buffer).toBe('alternate');
    expect(app.screen.cursorVisible).toBe(false);
    expect(app.screen.line(0)).toBe(`┏${'━'.repeat(38)}┓`);
    expect(app.screen.line(-1)).toBe(`┗${'━'.repeat(38)}┛`);
    const { x, y } = app.screen.find('apple');
    expect(app.screen.styleAt(x, y).fg).toBe('green');
    expect(app.terminal.isRaw).toBe(true);
  });

  it('hands keys to useInput: one by one, named ones, and several in one go', async () => {
    await using app = renderOnScreen(<List names={fruit} />, { columns: 40, rows: 8 });
    await app.screen.selects('apple');
    await app.terminal.step('j');
    await app.screen.selects('pear');
    await app.terminal.step('down');
    await app.screen.selects('plum');
    await app.terminal.step('k');
    await app.screen.selects('pear');
    app.terminal.press('up', 'up', 'down', 'down');
    await app.screen.selects('plum');
    app.terminal.press('pageup');
    await app.screen.shows('last: pageUp');
    app.terminal.press('escape');
    await app.screen.shows('last: escape');
  });

  it('resizes', async () => {
    await using app = renderOnScreen(<List names={fruit} />, { columns: 40, rows: 8 });
    await app.screen.shows('40 by 8');
    await app.terminal.resize(30, 6);
    await app.screen.shows('30 by 6');
    expect(app.screen.line(0)).toBe(`┏${'━'.repeat(28)}┓`);
    await app.terminal.resize(60, 12);
    await app.screen.shows('60 by 12');
    expect(app.screen.line(-1)).toBe(`┗${'━'.repeat(58)}┛`);
  });

  it('gives the terminal back when the program exits', async () => {
    await using app = renderOnScreen(<List names={fruit} />, { columns: 40, rows: 8 });
    await app.screen.shows('▸ apple');
    app.terminal.press('q');
    await app.instance.waitUntilExit();
    await app.screen.until('the normal buffer is back', () => app.screen.buffer === 'normal');
    expect(app.screen.cursorVisible).toBe(true);
    expect(app.terminal.isRaw).toBe(false);
  });
});
