import { describe, expect, it } from 'vitest';
import { openPeel } from '../harness/terminal.ts';
import { openSample, read, sizes } from './sample.ts';

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

  it('draws everything anew on ^L, whatever another program has written there', async () => {
    await using peel = await openSample(size);
    await peel.step('j');
    await peel.answers();
    const before = peel.screen.text();
    // As wall(1) writes to every terminal, and a kernel to its console.
    await peel.screen.draw(
      '\u001b[7;1H\r\nBroadcast message from root@host: it goes down at noon.\r\n\u001b[31m',
    );
    expect(peel.screen.text()).toContain('Broadcast message');
    peel.press('ctrl-l');
    await peel.screen.becomes(before);
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
