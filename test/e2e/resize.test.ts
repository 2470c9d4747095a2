import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import { openPeel } from '../harness/terminal.ts';
import { fills, openSample, read, sizes } from './sample.ts';

describe.each(sizes)('resizing from $columns x $rows', (size) => {
  it('draws the screen that a terminal of the new size would have had, and back', async () => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    for (const other of [...sizes, { columns: 200, rows: 60 }, { columns: 61, rows: 15 }]) {
      await using fresh = await openSample(other);
      await peel.resize(other.columns, other.rows);
      await peel.screen.becomes(fresh.screen.text());
      expect(peel.screen.styles()).toEqual(fresh.screen.styles());
    }
    await peel.resize(size.columns, size.rows);
    await peel.screen.becomes(before);
  });

  it('ends on the right screen however fast a window is dragged', async () => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    for (let step = 1; step <= 20; step++) {
      await peel.resize(size.columns + ((step * 7) % 23), size.rows - ((step * 5) % 9));
    }
    await peel.resize(size.columns, size.rows);
    await peel.screen.becomes(before);
  });

  it('draws everything anew though the size is the old one again by the time it looks', async () => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    // A smaller window loses rows, and a larger one does not get them back. Stopped, the program is told only once.
    peel.signal('SIGSTOP');
    await peel.resize(size.columns, 16);
    await peel.resize(size.columns, size.rows);
    expect(peel.screen.text()).not.toBe(before);
    peel.signal('SIGCONT');
    await peel.screen.becomes(before);
  });

  it('keeps the cursors on what they were on', async () => {
    await using peel = await openSample(size);
    await peel.step(']', 'tab', 'G');
    await peel.screen.selects('motd');
    await peel.resize(90, 18);
    await fills(peel.screen);
    await peel.screen.selects('motd');
    await peel.screen.shows('changes of layer 1');
    await peel.resize(size.columns, size.rows);
    await fills(peel.screen);
    await peel.screen.selects('motd');
  });

  it.each([
    [50, 10],
    [59, 24],
    [80, 14],
    [12, 2],
  ])('says in one line that %i x %i is too small, and comes back', async (columns, rows) => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    await peel.resize(columns, rows);
    await peel.screen.until('nothing else is left', () => peel.screen.line(0).startsWith('peel needs'));
    if (columns === 50) await expectGolden(peel.screen, 'too-small');
    await peel.resize(size.columns, size.rows);
    await peel.screen.becomes(before);
  });

  it('hears keys while it is too small', async () => {
    await using peel = await openSample(size);
    await peel.resize(50, 10);
    await peel.screen.shows('peel needs');
    peel.press('q');
    expect(await peel.exit()).toMatchObject({ status: 0 });
  });

  it('follows when the size changes before the image has been read', async () => {
    await using peel = await openSample(size);
    await using hasty = openPeel(['--sample'], { columns: 50, rows: 10 });
    await hasty.screen.until('it has taken the screen', () => hasty.screen.buffer === 'alternate');
    await hasty.resize(size.columns, size.rows);
    await hasty.screen.shows(read);
    await hasty.screen.becomes(peel.screen.text());
  });
});
