import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import { focused, openSample, rowsOf, sizes } from './sample.ts';

describe.each([...sizes, { columns: 200, rows: 60 }])('the opening screen at $columns x $rows', (size) => {
  it('says at one glance what was opened and where its bytes went', async () => {
    await using peel = await openSample(size);
    const header = peel.screen.line(0);
    expect(header).toContain('peel/sample:latest');
    expect(header).toContain('› layer 0  ');
    expect(header).toContain('4.7 MB · wasted 2.3 MB 48.1 %');
    expect(focused(peel.screen)).toBe('Layers');
    expect(peel.screen.selected()).toMatch(/^▸ 0 +2\.1 MB +█+▒+ +ADD file/);
    expect(peel.screen.text()).toContain('Files  changes of layer 0');
    expect(peel.screen.line(-1)).toContain('? keys');
    await expectGolden(peel.screen, 'explore', { withStyles: true });
  });
});

describe.each(sizes)('the explorer at $columns x $rows', (size) => {
  it('walks the layers with j and k: the files follow', async () => {
    await using peel = await openSample(size);
    await peel.step('j');
    await peel.screen.selects('ENV LANG=C');
    await peel.screen.shows('This instruction makes no layer.');
    for (const [layer, command] of [
      [1, 'RUN apt-get up'],
      [2, 'WORKDIR /app'],
      [3, 'COPY . .'],
      [4, 'RUN mkdir -p /'],
      [5, 'RUN chown -R 1'],
    ] as const) {
      await peel.step('j');
      await peel.screen.selects(command);
      await peel.screen.shows(`Files  changes of layer ${layer}`);
    }
    await expectGolden(peel.screen, 'layer-5');
    await peel.step('k', 'k');
    await peel.screen.shows('Files  changes of layer 3');
  });

  it('walks them with the arrows, and to both ends', async () => {
    await using peel = await openSample(size);
    await peel.step('down', 'down', 'up');
    await peel.screen.selects('ENV LANG=C');
    for (const [toEnd, toStart] of [
      ['G', 'g'],
      ['end', 'home'],
    ] as const) {
      await peel.step(toEnd);
      await peel.screen.selects('CMD ["');
      await peel.step(toStart);
      await peel.screen.selects('ADD file');
    }
  });

  it('walks them page by page', async () => {
    await using peel = await openSample(size);
    peel.press('pagedown', 'f', 'pagedown');
    await peel.screen.selects('CMD ["');
    peel.press('b', 'pageup', 'b');
    await peel.screen.selects('ADD file');
  });

  it('says why a key does nothing', async () => {
    await using peel = await openSample(size);
    await peel.step('k');
    expect(peel.screen.line(-1)).toContain('This is the first row.');
    await peel.step('G');
    await peel.step('j');
    expect(peel.screen.line(-1)).toContain('This is the last row.');
    await peel.step('Z');
    expect(peel.screen.line(-1)).toContain('Z does nothing here; ? shows every key.');
    await peel.step('space');
    expect(peel.screen.line(-1)).toContain('Folding works in the files pane');
  });

  it('moves the focus with Tab through every pane and back with Shift-Tab', async () => {
    await using peel = await openSample(size);
    const seen: string[] = [];
    for (const key of ['tab', 'tab', 'tab', 'tab', 'shift-tab', 'shift-tab', 'shift-tab', 'shift-tab']) {
      await peel.step(key);
      seen.push(focused(peel.screen).replace(/ .*/, ''));
    }
    expect(seen).toEqual(['Files', 'File', 'Waste', 'Layers', 'Waste', 'File', 'Files', 'Layers']);
  });

  it('steps through the layers from any pane; the cursor stays on its path', async () => {
    await using peel = await openSample(size);
    await peel.step(']', 'tab');
    await peel.screen.shows('Files  changes of layer 1');
    await peel.step('G');
    await peel.screen.selects(/motd$|motd /);
    const row = peel.screen.find('motd').y;
    await peel.step('K', 'K');
    await peel.screen.shows('Files  changes of layer 0');
    await peel.screen.selects('motd');
    await peel.step(']');
    await peel.screen.selects('motd');
    expect(peel.screen.find(/┃▸.*motd/).y).toBe(row);
  });

  it('changes between what a layer changed and everything up to it, with the cursor on the same path', async () => {
    await using peel = await openSample(size);
    await peel.step(']', 'tab', 'G');
    await peel.screen.selects('motd');
    await peel.step('t');
    await peel.screen.shows('Files  everything up to layer 1');
    await peel.screen.selects('motd');
    await expectGolden(peel.screen, 'everything-up-to-layer-1');
    await peel.step('t');
    await peel.screen.shows('Files  changes of layer 1');
    await peel.screen.selects('motd');
  });

  it('opens the files of a layer with Enter, and Esc leads back', async () => {
    await using peel = await openSample(size);
    await peel.step('enter');
    expect(focused(peel.screen)).toContain('Files');
    await peel.step('escape');
    expect(focused(peel.screen)).toBe('Layers');
  });

  it('shows the whole life of a file', async () => {
    await using peel = await openSample(size);
    peel.press(']', ']', ']', ']', 'tab');
    await peel.screen.shows('changes of layer 4');
    await peel.step('j', 'j');
    await peel.screen.selects(/ f1 .*repeated in 5/);
    await peel.step('enter');
    const life = rowsOf(peel.screen, 'File ').join('\n');
    expect(life).toMatch(/4 \+ added +20\.0 kB +-rw-r--r-- +0:0/);
    expect(life).toMatch(/5 ↻ repeated +20\.0 kB\s+owner 0:0 ▸ 1000:1000/);
    expect(life).toMatch(/7 ✗ deleted/);
    await expectGolden(peel.screen, 'file-life');
  });
});
