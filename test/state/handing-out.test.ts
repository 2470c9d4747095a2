/** What leaves peel: what is asked, what the world outside is told to do, what is said of what comes of it. */
import { describe, expect, it } from 'vitest';
import { ContentHolder } from '../../src/content/file-content.ts';
import type { Action, Effect } from '../../src/state/actions.ts';
import type { Candidates } from '../../src/state/file-state.ts';
import type { State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { directory, file, symlink, whiteout } from '../harness/archive.ts';
import { after, effectOf, factsFor, opened, typed } from '../harness/explorer.ts';
import { nodeOf, type Layers } from '../harness/tree.ts';

const LAYERS: Layers = [
  [directory('etc'), file('etc/a', 'aaaa'), file('etc/bad\nname', 'x'), symlink('link', 'etc/a')],
  [file('etc/a', 'other!')],
  [whiteout('etc/a')],
];

/** The explorer with the cursor on a path of a layer's changes. */
function on(path: string, layer: number, state = opened(LAYERS)): State {
  const there = after(state, ...Array<'next-layer'>(layer).fill('next-layer'), 'enter', 'unfold-all');
  const analysis = there.open?.analysis;
  if (analysis == null) throw new Error('no image is open');
  return { ...there, message: null, files: { ...there.files, wanted: nodeOf(analysis, path) } };
}

const told = (state: State, ...actions: readonly Action[]): State =>
  actions.reduce((before, action) => update(before, action).state, state);

const COUNT = { files: 1, bytes: 2, totalFiles: 3, totalBytes: 4 };

describe('a path that is to be extracted', () => {
  const asking = after(on('etc', 1), 'extract');

  it('is asked for a directory, and sent for as the layer has it', () => {
    expect(asking.typing).toBe('destination');
    const at = { node: on('etc', 1).files.wanted, layer: 1 };
    expect(effectOf(typed(asking, 'out dir'), 'enter')).toEqual({
      type: 'extract',
      at,
      destination: 'out dir',
      replaces: false,
    });
    expect(effectOf(asking, 'enter')).toMatchObject({ destination: '.' });
    expect(after(asking, 'enter')).toMatchObject({ typing: null, errand: { kind: 'extracting', at } });
  });

  describe('into a directory that is completed', () => {
    const half = typed(asking, '/tm');
    const completing = after(half, 'next-pane');
    const completed = (
      state: State,
      answer: string | { text: string; candidates: Candidates | null },
      of = '/tm',
    ) => told(state, { type: 'completed', typed: of, completed: answer });
    const SEVERAL = { names: ['tmp', 'tmux'], count: 2 };

    it('is sent for with what has been typed, and goes on to what is found', () => {
      expect(effectOf(half, 'next-pane')).toEqual({ type: 'complete', typed: '/tm' });
      const done = completed(completing, { text: '/tmp/', candidates: null });
      expect(done).toMatchObject({ typing: 'destination', message: null });
      expect(done.errand).toMatchObject({ destination: '/tmp/', completion: null });
      expect(effectOf(done, 'enter')).toMatchObject({ type: 'extract', destination: '/tmp/' });
    });

    it('has several to choose from until something is typed', () => {
      const several = completed(completing, { text: '/tm', candidates: SEVERAL });
      expect(several.errand).toMatchObject({ destination: '/tm', completion: SEVERAL });
      expect(typed(several, 'p').errand).toMatchObject({ destination: '/tmp', completion: null });
      expect(told(several, { type: 'erased' }).errand).toMatchObject({ destination: '/t', completion: null });
    });

    it('says why there is none, with braces that are no keys', () => {
      const none = completed(completing, 'No directory there begins with {quit}.');
      expect(none).toMatchObject({
        message: 'No directory there begins with {{quit}.',
        typing: 'destination',
      });
      expect(none.errand).toMatchObject({ destination: '/tm', completion: null });
    });

    it('takes no answer to what is typed no more', () => {
      const answer = { text: '/tmp/', candidates: null };
      const on = typed(completing, 'u');
      expect(completed(on, answer)).toBe(on);
      const andBack = told(on, { type: 'erased' });
      expect(completed(andBack, answer)).toBe(andBack);
      expect(completed(completing, answer, '/')).toBe(completing);
      const anew = typed(after(completing, 'back', 'extract'), '/tm');
      expect(completed(anew, answer)).toBe(anew);
      const sent = after(completing, 'enter');
      expect(completed(sent, answer)).toBe(sent);
    });
  });

  it('is that of the last layer of a range', () => {
    const range = after(
      opened(LAYERS),
      'next-layer',
      'toggle-range',
      'previous-layer',
      'enter',
      'unfold-all',
    );
    expect(after(range, 'extract').errand).toMatchObject({ at: { layer: 1 } });
  });

  it('goes where the last one went, unless something is typed, of another image too', () => {
    const sent = told(after(typed(asking, 'out dir'), 'enter'), { type: 'errand-ended', sentence: 'Done.' });
    const again = after(sent, 'extract');
    expect(effectOf(again, 'enter')).toMatchObject({ destination: 'out dir' });
    expect(effectOf(typed(again, '.'), 'enter')).toMatchObject({ destination: '.' });
    const images = [{ reference: 'other:latest', bytes: 1, created: null, platform: null }];
    const listed = told(after(sent, 'images'), { type: 'images-listed', images, problem: null });
    expect(after(listed, 'enter').extractedInto).toBe('out dir');
  });

  it('is a copy of a group, not the group', () => {
    const groups = after(opened(LAYERS), 'waste-screen');
    expect(after(groups, 'extract')).toMatchObject({
      errand: null,
      message: 'A group is several copies: {enter} leads to them.',
    });
    expect(after(groups, 'enter', 'extract').errand).toMatchObject({ kind: 'asking' });
  });

  it('is nothing where a filter finds nothing', () => {
    const none = after(typed(after(opened(LAYERS), 'filter'), 'zzz'), 'enter', 'extract');
    expect(none.message).toBe('The filter finds no file here: {back} clears it.');
    expect(after(opened([[]]), 'enter', 'extract').message).toBe('There is no file here.');
  });

  it('is left with Esc, and nothing is sent for', () => {
    expect(after(asking, 'back')).toMatchObject({
      typing: null,
      errand: null,
      message: 'Nothing has been extracted.',
    });
    expect(effectOf(asking, 'back')).toBeUndefined();
  });

  it('must have been read, and be there', () => {
    const early = on('etc', 1, opened(LAYERS, { read: 2 }));
    expect(after(early, 'extract').message).toBe('It can be had once the whole image has been read.');
    const failed = told(early, { type: 'failed', message: 'The stream broke.' });
    expect(after(failed, 'extract').message).toBe(
      'The image could not be read to its end: no file of it can be had.',
    );
    expect(after(on('etc/a', 2), 'extract')).toMatchObject({
      message: '/etc/a is not there in layer 2: an earlier one has it.',
      errand: null,
    });
  });

  it('is not looked for among the layers', () => {
    expect(after(opened(LAYERS), 'extract').message).toBe(
      'That key is for files: {next-pane} leads to them.',
    );
  });

  describe('that has been sent for', () => {
    const running = after(asking, 'enter');

    it('tells how far it has come, and can be cancelled', () => {
      expect(told(running, { type: 'extracted', done: COUNT }).errand).toMatchObject({ done: COUNT });
      expect(effectOf(running, 'back')).toEqual({ type: 'cancel-errand' });
      expect(after(running, 'extract').message).toMatch(/^One thing at a time/);
    });

    it('leaves all other keys to the screen', () => {
      expect(after(running, 'next-pane')).toMatchObject({ focus: 'details', errand: running.errand });
    });

    it('ends with a sentence in which braces are no keys', () => {
      const ended = told(running, { type: 'errand-ended', sentence: 'Extracted into {quit}.' });
      expect(ended).toMatchObject({ errand: null, message: 'Extracted into {{quit}.' });
      expect(told(ended, { type: 'errand-ended', sentence: 'once more' })).toBe(ended);
    });

    it('replaces what is there only when that is said', () => {
      const taken = told(running, { type: 'places-taken', count: 2, first: 'etc/a' });
      expect(effectOf(taken, 'enter')).toBeUndefined();
      expect(after(taken, 'enter').message).toContain('{overwrite} does so');
      expect(effectOf(taken, 'overwrite')).toMatchObject({
        type: 'extract',
        replaces: true,
        destination: '.',
      });
      expect(effectOf(taken, 'back')).toBeUndefined();
      expect(after(taken, 'back')).toMatchObject({ errand: null, message: 'Nothing has been overwritten.' });
      expect(effectOf(taken, 'down')).toBeUndefined();
      expect(after(taken, 'down').errand).toEqual(taken.errand);
    });

    it('is not answered by whoever types something else', () => {
      const filtering = after(running, 'filter');
      const taken = told(filtering, { type: 'places-taken', count: 1, first: 'etc/a' });
      expect(effectOf(taken, 'overwrite')).toBeUndefined();
      expect(after(taken, 'enter')).toMatchObject({ typing: null, errand: { kind: 'taken' } });
    });

    it('is forgotten with its image', () => {
      const other = after(running, 'images');
      const images = [{ reference: 'other:latest', bytes: 1, created: null, platform: null }];
      const listed = told(other, { type: 'images-listed', images, problem: null });
      const next = after(listed, 'enter');
      expect(next.errand).toBeNull();
      expect(told(next, { type: 'errand-ended', sentence: 'late' }).message).toBeNull();
    });
  });
});

describe('a file for the pager', () => {
  it('is sent for, and the errand ends without a word', () => {
    const state = on('etc/a', 1);
    expect(effectOf(state, 'page')).toMatchObject({
      type: 'page',
      path: 'etc/a',
      content: { layer: 1, size: 6 },
    });
    const paging = after(state, 'page');
    expect(paging.errand?.kind).toBe('paging');
    expect(told(paging, { type: 'errand-ended', sentence: null })).toMatchObject({
      errand: null,
      message: null,
    });
  });

  it.each(['etc', 'link'])('is not %s, which has no content', (path) => {
    expect(effectOf(on(path, 0), 'page')).toBeUndefined();
    expect(after(on(path, 0), 'page').message).toBe('Only a file has content that a pager could show.');
  });
});

describe('what is copied', () => {
  const copied = (state: State, command: 'copy' | 'copy-content' = 'copy'): string | undefined => {
    const effect: Effect | undefined = effectOf(state, command);
    if (effect?.type !== 'copy') return undefined;
    return typeof effect.text === 'string' ? effect.text : Buffer.from(effect.text).toString();
  };

  it('is the path under the cursor, of a removed file too', () => {
    expect(copied(on('etc/a', 2))).toBe('/etc/a');
    expect(after(on('etc/a', 2), 'copy').message).toBe('Copied, if the terminal allows it (OSC 52): /etc/a');
  });

  it('is no line’s end that a shell would take for Enter', () => {
    expect(copied(on('etc/bad\nname', 0))).toBe('/etc/bad\\nname');
  });

  it('is the command of a layer, and the path of what is wasted', () => {
    expect(copied(opened(LAYERS, { history: ['RUN one', 'RUN two {quit}', 'RUN three'] }))).toBe('RUN one');
    expect(copied(after(opened(LAYERS), 'waste'))).toBe('/etc/a');
  });

  it('is the ID of the image, on its screen', () => {
    const state = after(opened(LAYERS), 'image');
    expect(after(state, 'copy').message).toMatch(/has no ID that is known/);
    const image = { ...factsFor(3), id: 'sha256:abc' };
    expect(copied(told(state, { type: 'image', image }))).toBe('sha256:abc');
  });

  it('is the path of a copy among the copies of a group, and what would help in the groups again', () => {
    const groups = after(opened(LAYERS), 'waste-screen');
    expect(copied(after(groups, 'enter'))).toBe('/etc/a');
    const path = after(groups, 'next-pane', 'copy');
    expect(path.message).toBe('Copied, if the terminal allows it (OSC 52): /etc/a');
    expect(copied(after(path, 'left'))).toBe(copied(groups));
    expect(after(opened([[]]), 'waste-screen', 'next-pane', 'copy').message).toMatch(/^There is no file/);
  });

  it('is what would help, in the groups of the waste', () => {
    expect(copied(after(opened(LAYERS), 'waste-screen'))).toMatch(/\.$/);
    expect(after(opened([[]]), 'waste-screen', 'copy').message).toMatch(/there is nothing to copy\.$/);
  });

  it('may be refused by the terminal', () => {
    const refused = told(after(on('etc/a', 0), 'copy'), { type: 'not-copied', sentence: 'Not copied: {x}.' });
    expect(refused.message).toBe('Not copied: {{x}.');
  });

  describe('of the content of a file', () => {
    /** The screen of the file, its content read as these bytes. */
    function showing(bytes: Uint8Array, size = bytes.length): State {
      const state = on('etc/a', 1);
      const effect = effectOf(state, 'enter');
      if (effect?.type !== 'read-contents') throw new Error('no content has been asked for');
      const holder = new ContentHolder(size, bytes.length);
      holder.take(bytes);
      const load = { kind: 'read', content: holder.content() } as const;
      return effect.wanted.reduce(
        (before, { inode }) => told(before, { type: 'content', inode, load }),
        after(state, 'enter'),
      );
    }

    it('is its text', () => {
      expect(copied(showing(Buffer.from('größe\n')), 'copy-content')).toBe('größe\n');
    });

    it.each([
      ['bytes', Buffer.from([0x7f, 0x45, 0, 1]), undefined, 'It is no text in UTF-8'],
      ['text in some other encoding', Buffer.from('gr\xf6\xdfe\n', 'latin1'), undefined, 'It is no text'],
      ['what is longer than is held', Buffer.from('begins'), 7, 'It is too long'],
      ['nothing', Buffer.alloc(0), undefined, 'The file is empty'],
    ])('is not %s', (_, bytes, size, message) => {
      expect(copied(showing(bytes, size), 'copy-content')).toBeUndefined();
      expect(after(showing(bytes, size), 'copy-content').message).toContain(message);
    });

    it('is awaited first', () => {
      expect(after(on('etc/a', 1), 'enter', 'copy-content').message).toBe('It is still being read.');
      expect(after(on('etc/a', 1), 'copy-content').message).toMatch(/^Content is copied where it is seen/);
    });
  });
});
