/** The files pane as one list without directories. */
import { describe, expect, it } from 'vitest';
import { cells } from '../../../src/ui/text/segments.ts';
import { directory, file, hardlink, symlink } from '../../harness/archive.ts';
import { after, opened, typed } from '../../harness/explorer.ts';
import { paneLines } from '../../harness/explorer-screen.ts';

const HOSTILE = [
  [
    file('usr/share/漢字の名前/👩‍👩‍👧.txt', 'x'.repeat(9)),
    file(`deep/${'d/'.repeat(60)}end.so`, 'x'.repeat(8)),
    file('evil/\u001b]0;pwned\u0007/{quit}', 'x'.repeat(7)),
    symlink('link', '\u001b[31m'.repeat(20)),
    hardlink('l'.repeat(200), 'usr/share/漢字の名前/👩‍👩‍👧.txt'),
  ],
];

describe('the list of files', () => {
  it.each([60, 80, 120, 200])(
    'has every line as wide as its pane, %i columns wide, and sends nothing',
    (columns) => {
      const list = after(opened(HOSTILE, { size: { columns, rows: 24 } }), 'enter', 'zoom', 'toggle-flat');
      const lines = paneLines(list, 'files');
      expect(lines.map(cells)).toEqual(lines.map(() => columns));
      expect(lines.join('\n')).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$/);
    },
  );

  it('keeps the end of a path that is too long, and both ends of one with where it leads', () => {
    const list = after(opened(HOSTILE, { size: { columns: 80, rows: 24 } }), 'enter', 'toggle-flat');
    const text = paneLines(list, 'files').join('\n');
    expect(text).toMatch(/…[d/]+\/end\.so/);
    expect(text).toMatch(/\/l+…/);
  });

  it('says where directories are, if there is nothing else', () => {
    const empty = after(opened([[directory('only')]]), 'enter', 'toggle-flat');
    expect(paneLines(empty, 'files').join('\n')).toContain(
      'There are directories and no files: F leads back',
    );
    const found = typed(after(opened([[file('usr/a', 'x')]]), 'toggle-flat', 'filter'), 'usr');
    expect(paneLines(found, 'files').join('\n')).toContain('Only directories match: F shows them.');
  });
});
