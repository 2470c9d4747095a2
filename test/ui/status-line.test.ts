import { describe, expect, it } from 'vitest';
import { initialState, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { hintAt, statusLine } from '../../src/ui/status-line.ts';
import { cells } from '../../src/ui/text/segments.ts';
import { file, whiteout } from '../harness/archive.ts';
import { after, opened, typed, WIDE } from '../harness/explorer.ts';
import { ASCII, textOf, UNICODE } from '../harness/explorer-screen.ts';

const status = (state: State, theme = UNICODE): string =>
  textOf(statusLine(state, theme.glyphs, DEFAULT_KEYMAP));

/** A file that is added, given to somebody else, and deleted. */
const SHOP = [[file('app/f2', 'xx')], [file('app/f2', 'xx', { uid: 1000, gid: 1000 })], [whiteout('app/f2')]];
const onF2 = after(opened(SHOP), 'enter', 'down');

/** Too low for details beside the waste. */
const LOW = { columns: 120, rows: 20 };
const SMALL = { columns: 80, rows: 24 };

describe('the keys of the status line', () => {
  /** What a click on each cell asks for, and the text of the cells that ask for it. */
  function clickable(state: State): Record<string, string> {
    const text: Record<string, string> = {};
    Array.from(status(state)).forEach((char, column) => {
      const command = hintAt(state, column, UNICODE.glyphs, DEFAULT_KEYMAP);
      if (command !== null) text[command] = (text[command] ?? '') + char;
    });
    return text;
  }

  it.each([
    [{ columns: 60, rows: 15 }],
    [{ columns: 80, rows: 24 }],
    [{ columns: 120, rows: 40 }],
    [{ columns: 200, rows: 60 }],
  ])('ask at their own cells for what they name, on %j', (size) => {
    const asked = clickable({ ...onF2, size });
    expect(asked).toMatchObject({ filter: '/ filter', 'next-pane': 'Tab panes', help: '? keys' });
    const line = status({ ...onF2, size });
    expect(Object.hasOwn(asked, 'zoom')).toBe(line.includes('z zoom'));
  });

  it('are those of what is typed, of the help, and of the other screens', () => {
    expect(clickable(typed(after(onF2, 'filter'), 'f'))).toEqual({ enter: 'Enter keep', back: 'Esc clear' });
    expect(clickable(after(onF2, 'help'))).toEqual({ quit: 'q close', back: 'Esc back' });
    expect(clickable(after(onF2, 'waste-screen'))).toMatchObject({ enter: 'Enter copies', group: 'c group' });
    expect(clickable(initialState(WIDE, 'images'))).toMatchObject({ quit: 'q quit' });
  });

  it('are none where a message has taken their place, or the screen is too small', () => {
    expect(clickable({ ...onF2, message: 'm'.repeat(110) })).toEqual({});
    expect(clickable({ ...onF2, message: 'm'.repeat(70) })).toEqual({
      filter: '/ filter',
      'next-pane': 'Tab panes',
      help: '? keys',
    });
    expect(clickable({ ...onF2, size: { columns: 50, rows: 10 } })).toEqual({});
  });
});

describe('the status line', () => {
  it('tells the whole life of what is under the cursor where there are no details', () => {
    const state = after(onF2, 'waste');
    const life = '/app/f2  -rw-r--r--  2 B  0 added → 1 owner 0:0 ▸ 1000:1000 → 2 deleted';
    expect(status({ ...state, size: LOW })).toContain(life);
  });

  it('tells it without a character beyond ASCII too', () => {
    const state = { ...after(onF2, 'waste'), size: LOW };
    expect(status(state, ASCII)).toContain('0 added -> 1 owner 0:0 > 1000:1000 -> 2 deleted');
    expect(status(state, ASCII)).toMatch(/^[ -~]*$/);
  });

  it('keeps name and life where there is no room for all', () => {
    expect(status({ ...onF2, size: SMALL })).toMatch(/^ f2 {2}0 added → 1 owner 0:0 ▸ 1000:1000/);
  });

  it('has nothing but keys where the details say it', () => {
    expect(status(onF2)).toMatch(/^ {20,}\/ filter {2}Tab panes/);
    expect(status(opened(SHOP))).toMatch(/^ {20,}\/ filter/);
    expect(status({ ...after(onF2, 'details'), size: SMALL })).toMatch(/^ {20,}\/ filter/);
  });

  it('tells the keys that take a file out, the first ones where there is no room for all', () => {
    const keys = /\/ filter {2}Tab panes {2}x extract {2}o open {2}y copy {2}F list {2}z zoom {2}\? keys $/;
    expect(status({ ...onF2, size: { columns: 200, rows: 60 } })).toMatch(keys);
    // There the life of a file is worth more.
    expect(status({ ...onF2, size: SMALL })).toMatch(/Tab panes {2}\? keys $/);
    expect(status({ ...onF2, size: { columns: 60, rows: 15 } })).toMatch(/Tab panes {2}\? keys $/);
    const shown = after(onF2, 'file');
    const onFile = (columns: number) => status({ ...shown, size: { columns, rows: 40 } });
    expect(onFile(250)).toMatch(/J layers {2}x extract {2}o open {2}y copy {2}Esc back {2}\? keys $/);
    expect(onFile(180)).toMatch(/J layers {2}x extract {2}Esc back {2}\? keys $/);
    expect(onFile(80)).not.toContain('x extract');
  });

  it('leaves out those keys before it cuts a message, and then all keys', () => {
    const saying = (cellsOfIt: number) => status({ ...onF2, message: 'm'.repeat(cellsOfIt) });
    expect(saying(20)).toMatch(/m {2,}\/ filter.*x extract.*z zoom/);
    expect(saying(70)).toMatch(/m {2,}\/ filter {2}Tab panes {2}\? keys $/);
    expect(saying(110)).toMatch(/m{110} *$/);
  });

  it('has the key that ends a zoom', () => {
    expect(status({ ...after(onF2, 'zoom'), message: null })).toContain('z all panes');
  });

  it('says what the last key did before all else', () => {
    const state = after(onF2, 'toggle-order');
    expect(status(state)).toContain('Sorted by name.');
    expect(status(state)).not.toContain('/app/f2');
  });

  it('shows the text that is typed, and how many paths match', () => {
    const state = typed(after(onF2, 'filter'), 'f2');
    expect(status(state)).toMatch(/^ \/f2▏ {2}1 match/);
  });

  it('shows the cursor where it stands, and what is around it of a long text', () => {
    const moved = (text: string, lefts: number) =>
      Array.from({ length: lefts }).reduce<State>(
        (state) => update(state, { type: 'caret-moved', to: 'left' }).state,
        typed(after(onF2, 'filter'), text),
      );
    expect(status(moved('f2', 1))).toMatch(/^ \/f▏2 /);
    expect(status(moved('f2', 2))).toMatch(/^ \/▏f2 /);
    expect(status(moved('日本', 1))).toMatch(/^ \/日▏本 /);
    const long = Array.from({ length: 99 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    for (const lefts of [0, 1, 50, 98, 99]) {
      const text = status(moved(long, lefts));
      expect(text.slice(text.indexOf('▏') + 1).charAt(0)).toBe(lefts === 0 ? ' ' : long.charAt(99 - lefts));
      expect(text.slice(0, text.indexOf('▏')).at(-1)).toBe(lefts === 99 ? '/' : long.charAt(98 - lefts));
    }
  });

  it('shows beside the prompt why a key did nothing there', () => {
    expect(status(after(typed(after(onF2, 'filter'), 'f2'), 'up'))).toMatch(
      /^ \/f2▏ {2}Nothing older was typed here\./,
    );
  });

  it('says at 80 columns what can be typed instead of what is not known, of a long filter too', () => {
    const small = after({ ...onF2, size: { columns: 80, rows: 24 } }, 'filter');
    expect(status(typed(small, 'is:foo'))).toContain('is: takes added, modified, removed, hidden');
    expect(status(typed(small, `${'word '.repeat(30)}>xyz`))).toContain('Write a size as >10M');
  });

  it('shows what can be typed, then how a term may go on, or what is wrong with it', () => {
    const filter = after(onF2, 'filter');
    expect(status(filter)).toMatch(/^ \/▏ {2}text {2}\*\.so {2}re:/);
    expect(status(typed(filter, 'is:m'))).toMatch(/^ \/is:m▏ {2}is: modified metadata /);
    expect(status(typed(filter, 're:('))).toMatch(/^ \/re:\(▏ {2}A \( is not closed\./);
    const small = { ...filter, size: { columns: 80, rows: 24 } };
    expect(status(small)).toContain('-not  "a b" ');
  });

  it.each(['größe', '日本', 'é', '\u{1f600}'])('shows it as it was typed, beyond ASCII too: %s', (text) => {
    expect(status(typed(after(onF2, 'filter'), text))).toContain(`/${text}▏`);
  });

  it('counts the images that the filter lets through', () => {
    const images = ['a', 'b', 'ab'].map((reference) => ({ reference, bytes: 1, created: 1, platform: null }));
    const picker: State = initialState(WIDE, 'images');
    const listed = update(picker, { type: 'images-listed', images, problem: null }).state;
    expect(status(listed)).toContain('3 images');
    expect(status(typed(listed, 'ab'))).toContain('/ab▏  1 image ');
  });

  it('says that Esc leaves the images of an archive', () => {
    const images = [{ reference: 'a', key: 'a', bytes: 1, created: 1, platform: null }];
    const start = initialState(WIDE, 'images');
    const found = update(start, { type: 'images-found', images, place: 'shop.tar', isListed: false }).state;
    expect(status(found)).toMatch(/Esc leave /);
    expect(status(typed(found, 'a'))).toMatch(/Esc clear /);
  });

  it('says why reading ended early', () => {
    const broken = update(opened(SHOP, { read: 1 }), {
      type: 'failed',
      message: 'The cable was pulled.',
    }).state;
    expect(status(broken)).toContain('The cable was pulled.');
  });

  it('ends in the keys that are worth knowing now', () => {
    expect(status(onF2)).toMatch(/\/ filter {2}Tab panes .*\? keys $/);
    expect(status(after(onF2, 'waste'))).toMatch(/Enter go to the file.*\? keys $/);
    expect(status(after(onF2, 'filter'))).toMatch(/Enter keep {2}Esc clear $/);
    expect(status(after(onF2, 'help'))).toMatch(/Esc back $/);
    expect(status(opened(SHOP, { read: 1 }))).toContain('Esc cancel');
  });

  it('fills its line exactly, at every width', () => {
    const states = [
      onF2,
      typed(after(onF2, 'filter'), '日本'),
      after(onF2, 'toggle-order'),
      opened(SHOP, { read: 1 }),
    ];
    for (let columns = 60; columns <= 200; columns++) {
      for (const state of states) {
        expect(cells(status({ ...state, size: { columns, rows: 24 } }))).toBe(columns);
      }
    }
  });
});
