import { describe, expect, it } from 'vitest';
import { openPeel, openShell, prompts, type TerminalOptions } from '../harness/terminal.ts';
import { read } from './sample.ts';

const WHITE = 'rgb:ffff/ffff/ffff';
/** Back from the alternate screen. */
const LEFT = '\u001b[?1049l';
const QUESTION = '\u001b]11;?\u0007';

async function openSample(options: TerminalOptions) {
  const peel = openPeel(['--sample'], { columns: 120, rows: 40, ...options });
  await peel.screen.shows(read);
  return peel;
}

/** Colours that the palettes have for themselves: the border of the pane with the focus. */
const CYAN_ON_DARK = 'palette 80';
const BLUE_ON_LIGHT = 'palette 25';

describe('the background of the terminal decides about the colours', () => {
  it.each([
    ['dark', 'rgb:1e1e/1e1e/1e1e', CYAN_ON_DARK],
    ['light', WHITE, BLUE_ON_LIGHT],
  ])('%s', async (_, background, border) => {
    await using peel = await openSample({ background });
    await peel.screen.until('the border has its colour', () => peel.screen.styleAt(0, 1).fg === border);
  });

  it('one that nobody tells leaves them to the terminal’s own palette', async () => {
    await using peel = await openSample({});
    expect(peel.screen.styleAt(0, 1).fg).toBe('cyan');
    await using told = await openSample({ env: { COLORFGBG: '0;15' } });
    expect(told.screen.styleAt(0, 1).fg).toBe(BLUE_ON_LIGHT);
  });

  it.each([{ TERM: 'xterm' }, { TERM: 'linux' }, { TERM: 'screen' }, { NO_COLOR: '1' }, { TERM: 'vt100' }])(
    'and is not asked for with %j',
    async (env) => {
      await using peel = await openSample({ background: WHITE, env });
      expect(peel.screen.received).not.toContain(QUESTION);
      expect(
        peel.screen
          .styles()
          .flat()
          .every(({ fg }) => !fg.startsWith('palette')),
      ).toBe(true);
    },
  );

  it.each(['foot', 'alacritty', 'nobody-knows-it'])(
    '%s shows the row under the cursor as a bar',
    async (TERM) => {
      await using peel = await openSample({ env: { TERM } });
      expect(peel.screen.styleAt(3, 3).inverse).toBe(true);
    },
  );

  it('nor where the configuration says which', async () => {
    const files = { '.config/peel/config.toml': 'theme = "light"' };
    await using peel = await openSample({ background: 'rgb:0/0/0', files });
    expect(peel.screen.styleAt(0, 1).fg).toBe(BLUE_ON_LIGHT);
    expect(peel.screen.received).not.toContain(QUESTION);
  });
});

describe('the answers', () => {
  it('are no keys, and those that are typed meanwhile are not lost', async () => {
    await using peel = openPeel(['--sample'], { columns: 120, rows: 40, background: WHITE });
    peel.type('jj');
    await peel.screen.shows(read);
    await peel.screen.selects(/^▸ 1 /);
    await peel.screen.until(
      'the border has its colour',
      () => peel.screen.styleAt(0, 1).fg === BLUE_ON_LIGHT,
    );
    expect(peel.screen.line(-1)).not.toMatch(/does nothing|rgb|11;/);
  });

  it('that come late change the colours, and nothing else', async () => {
    await using peel = openPeel(['--sample'], { columns: 120, rows: 40 });
    // The emulator says at once that it knows no background; this one is answered by hand, after the first frame.
    peel.screen.answersLate();
    await peel.screen.shows(read);
    expect(peel.screen.styleAt(0, 1).fg).toBe('cyan');
    const before = peel.screen.text();
    peel.type(`\u001b]11;${WHITE}\u0007\u001b[?62c`);
    await peel.screen.until(
      'the border has its colour',
      () => peel.screen.styleAt(0, 1).fg === BLUE_ON_LIGHT,
    );
    expect(peel.screen.text()).toBe(before);
  });

  it('do not come to the shell when peel is left at once', async () => {
    await using shell = await openShell({ columns: 120, rows: 40, background: WHITE });
    shell.type('peel --sample\nq');
    await shell.screen.until('peel has come and gone', () => shell.screen.received.includes(LEFT));
    await prompts(shell);
    shell.type('echo over\n');
    await shell.screen.shows(/^over$/m);
    expect(shell.screen.text()).not.toMatch(/rgb:|\^\[|\[\?/);
  });
});
