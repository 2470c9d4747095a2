/** The screens beside the explorer, of the built program in a real terminal. */
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import { focused, openSample, rowsOf, sizes } from './sample.ts';

const allSizes = [...sizes, { columns: 200, rows: 60 }] as const;

describe.each(allSizes)('the screen of the waste at $columns x $rows', (size) => {
  it('says with 3 where every byte went, by whom, and what would help', async () => {
    await using peel = await openSample(size);
    await peel.step('3');
    await peel.screen.shows('Where every byte went');
    expect(focused(peel.screen)).toContain('Waste by cause');
    await peel.screen.selects(/874\.0 kB +18\.7 % +5 +7 RUN rm -rf/);
    expect(rowsOf(peel.screen, 'Copies')[1]).toMatch(/^▸ +480\.0 kB .*Packages/);
    await expectGolden(peel.screen, 'waste-by-cause', { look: 'colour' });
  });

  it('groups by directory, and goes into the copies', async () => {
    await using peel = await openSample(size);
    await peel.step('3', 'c', 'c', 'j', 'enter', 'j');
    await peel.screen.until('the copies have the focus', () => focused(peel.screen).startsWith('Copies'));
    await expectGolden(peel.screen, 'waste-by-directory');
  });
});

describe.each(allSizes)('the screen of the image at $columns x $rows', (size) => {
  it('says with 4 all that is known of it', async () => {
    await using peel = await openSample(size);
    await peel.step('4');
    await peel.screen.shows('How its containers start');
    await expectGolden(peel.screen, 'image');
  });
});

describe.each(sizes)('from the screen of the waste at $columns x $rows', (size) => {
  it('Enter leads to the file, and Esc back, with the cursor where it was', async () => {
    await using peel = await openSample(size);
    await peel.step('3', 'j', 'enter', 'j', 'enter');
    await peel.screen.selects(/f2 .*✗ deleted in 7|f2 .*↻/);
    expect(focused(peel.screen)).toContain('Files  changes of layer 4');
    await peel.step('escape');
    await peel.screen.selects('/app/data/f2');
    expect(focused(peel.screen)).toContain('Copies  5 RUN chown');
  });
});
