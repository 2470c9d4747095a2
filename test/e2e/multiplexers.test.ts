import { describe, expect, it } from 'vitest';
import { findCommand } from '../harness/debian-packages.ts';
import { expectGolden } from '../harness/golden.ts';
import { multiplexers, openMultiplexed } from '../harness/multiplexers.ts';
import { openSample, read, sizes } from './sample.ts';

/** Through all panes, with lists that scroll, folders that open and close, names of every script, and the help. */
const walk = [
  'j',
  'j',
  'J',
  'tab',
  'G',
  'g',
  'h',
  'l',
  'pagedown',
  't',
  's',
  '?',
  'escape',
  '3',
  'G',
  'pageup',
  'enter',
];

const runs = multiplexers.flatMap((multiplexer) => sizes.map((size) => ({ ...multiplexer, ...size })));

describe.each(runs)('inside of $name, TERM=$term, $columns x $rows', ({ columns, rows, ...multiplexer }) => {
  const size = { columns, rows };
  const isMissing = findCommand(multiplexer.name) === null;

  it.skipIf(isMissing)(
    `every cell is what it is outside (${multiplexer.name} must be installed)`,
    async () => {
      await using outside = await openSample(size);
      await using inside = openMultiplexed(multiplexer, ['--sample'], size);
      const { screen } = inside.terminal;
      await screen.shows(read);
      await expectGolden(screen, 'explore', { look: 'colour' });
      for (const key of walk) {
        await outside.step(key);
        inside.terminal.press(key);
        await screen.becomes(outside.screen.text());
        expect(screen.styles(), `styles after ${key}`).toEqual(outside.screen.styles());
        const window = (await inside.window()).slice(0, rows);
        expect(window, `its window after ${key}`).toEqual(inside.windowOf(outside.screen.lines()));
      }
      await inside.terminal.resize(columns - 9, rows - 3);
      await outside.resize(columns - 9, rows - 3);
      await outside.screen.shows(read);
      await screen.becomes(outside.screen.text());
      inside.terminal.press('q');
      await inside.terminal.exit();
    },
  );
});
