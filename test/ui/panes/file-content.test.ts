import { describe, expect, it } from 'vitest';
import { ContentHolder } from '../../../src/content/file-content.ts';
import type { State } from '../../../src/state/state.ts';
import { update } from '../../../src/state/update.ts';
import { fileContentPane } from '../../../src/ui/panes/file-content.ts';
import { file } from '../../harness/archive.ts';
import { after, effectOf, opened, SMALL } from '../../harness/explorer.ts';
import { ASCII, textOf, UNICODE } from '../../harness/explorer-screen.ts';

/** The screen of a file with this in it. */
function showing(text: string): State {
  const files = after(opened([[file('log', 'x'.repeat(Buffer.byteLength(text)))]], { size: SMALL }), 'enter');
  const effect = effectOf(files, 'file');
  if (effect?.type !== 'read-contents') throw new Error('nothing is asked for');
  return effect.wanted.reduce(
    (state, { inode, request }) => {
      const holder = new ContentHolder(request.size);
      holder.take(Buffer.from(text));
      return update(state, { type: 'content', inode, load: { kind: 'read', content: holder.content() } })
        .state;
    },
    after(files, 'file'),
  );
}

/** Rows of the pane without its borders, as they stand. */
function rows(state: State, { glyphs } = UNICODE): string[] {
  if (state.file === null) throw new Error('no file is shown');
  return fileContentPane(state, state.file, { columns: 40, rows: 6, glyphs })
    .slice(1, -1)
    .map((line) => textOf(line).slice(1, -1));
}

/** Cells that the text has beside the numbers of its lines. */
const WIDTH = 38 - 5;

describe('a line of a text', () => {
  it('that goes on beyond the edge has a mark in its last cell, a line that just fits has none', () => {
    const [whole, long] = rows(showing(`${'a'.repeat(WIDTH)}\n${'b'.repeat(WIDTH + 1)}\n`));
    expect(whole).toBe(`   1 ${'a'.repeat(WIDTH)}`);
    expect(long).toBe(`   2 ${'b'.repeat(WIDTH - 1)}…`);
    expect(rows(showing('c'.repeat(100)), ASCII)[0]).toBe(`   1 ${'c'.repeat(WIDTH - 2)}..`);
  });

  it('has the mark as long as there is more to the right', () => {
    const state = after(showing('d'.repeat(WIDTH + 8)), 'right');
    expect(rows(state)[0]?.trimEnd()).toBe(`   1 ${'d'.repeat(WIDTH)}`);
  });

  it('keeps its cells where the edge would cut a wide character in two', () => {
    const [row = ''] = rows(showing(`${'e'.repeat(WIDTH - 1)}漢`));
    expect(row).toBe(`   1 ${'e'.repeat(WIDTH - 1)}…`);
  });
});
