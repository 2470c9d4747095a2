import { describe, expect, it } from 'vitest';
import { openPeel } from '../harness/terminal.ts';
import { openSample, read, sizes } from './sample.ts';

const sixteen = /^(default|(bright )?(black|red|green|yellow|blue|magenta|cyan|white))$/;

describe.each(sizes)('a terminal of $columns x $rows', (size) => {
  it('is asked for no more than sixteen colours', async () => {
    await using peel = await openSample(size, { COLORTERM: 'truecolor' });
    peel.press(']', ']', ']', ']', ']', ']', 'tab');
    await peel.screen.shows('changes of layer 6');
    const colours = new Set(peel.screen.styles().flatMap((row) => row.flatMap(({ fg, bg }) => [fg, bg])));
    expect(colours.size).toBeGreaterThan(3);
    for (const colour of colours) expect(colour).toMatch(sixteen);
  });

  it('is sent no colour under NO_COLOR; signs still tell the cursor, the focus and the changes', async () => {
    await using coloured = await openSample(size);
    await using peel = await openSample(size, { NO_COLOR: '1' });
    expect(peel.screen.text()).toBe(coloured.screen.text());
    for (const { fg, bg } of peel.screen.styles().flat()) expect([fg, bg]).toEqual(['default', 'default']);
    await peel.step('tab', 'j');
    await peel.screen.selects(/^▸\+ /);
    // Not even one that could not be seen: on a blank, or undone at once.
    const codes = [...peel.screen.received.matchAll(/\x1b\[([\d;]*)m/g)].flatMap((sgr) =>
      (sgr[1] ?? '').split(';').map(Number),
    );
    expect(
      codes.filter((code) => (code >= 30 && code < 39) || (code >= 40 && code < 49) || code >= 90),
    ).toEqual([]);
  });

  it.each([
    [{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, '┏'],
    [{ LC_ALL: '', LC_CTYPE: '', LANG: 'de_DE.utf8' }, '┏'],
    [{ LC_ALL: 'C', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.UTF-8' }, '#'],
    [{ LC_ALL: 'de_DE.ISO-8859-1' }, '#'],
  ])('draws borders that the locale %j can show', async (env, corner) => {
    await using peel = await openSample(size, env);
    expect(peel.screen.line(1)).toMatch(new RegExp(`^${corner}`));
  });

  it.each(['screen', 'screen-256color', 'linux', 'vt220', 'xterm-kitty'])(
    'may be called %s',
    async (name) => {
      await using peel = await openSample(size, { TERM: name });
      await peel.step('j');
      await peel.screen.selects('ENV');
    },
  );
});

describe('a terminal that cannot move its cursor', () => {
  it('gets the summary', async () => {
    await using peel = openPeel(['--sample'], { env: { TERM: 'dumb' } });
    expect(await peel.exit()).toMatchObject({ status: 0 });
    expect(peel.screen.buffer).toBe('normal');
    expect(peel.screen.received).not.toMatch(/\x1b/);
    expect(peel.screen.received).toMatch(/total +4\.7 MB/);
  });
});

describe('a terminal in a CI', () => {
  it('is a terminal all the same', async () => {
    await using peel = openPeel(['--sample'], { env: { CI: 'true' } });
    await peel.screen.shows(read);
    expect(peel.screen.buffer).toBe('alternate');
  });
});

describe('keys that peel has no use for', () => {
  it.each([
    ['\u001b[2~', 'insert'],
    ['\u001bOP', 'f1'],
    ['\u001b[24~', 'f12'],
    ['\u001b[28~', 'f15'],
    ['\u001bq', 'alt+q'],
  ])('%j is called by its name', async (sequence, name) => {
    await using peel = openPeel(['--sample']);
    await peel.screen.shows(read);
    peel.type(sequence);
    await peel.screen.shows(`${name} does nothing here; ? shows every key.`);
  });

  it('type nothing', async () => {
    await using peel = openPeel(['--sample']);
    await peel.screen.shows(read);
    await peel.step('/', 's');
    for (const sequence of ['\u001b[2~', '\u001bOP', '\u001b[28~', '\u001bq']) {
      peel.type(sequence);
      await peel.answers();
    }
    await peel.step('h');
    await peel.screen.shows('/sh▏');
  });
});
