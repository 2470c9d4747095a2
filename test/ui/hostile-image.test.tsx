/** An image that is hostile in every text it can say anything with: nothing of it reaches a terminal as it is. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnalysedImage } from '../../src/report/report.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { initialState, opening, type ScreenSize, type State } from '../../src/state/state.ts';
import { update } from '../../src/state/update.ts';
import { App } from '../../src/ui/app.tsx';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { Store } from '../../src/ui/store.ts';
import { messageOf } from '../../src/image/errors.ts';
import { bytesOf } from '../../src/image/text.ts';
import type { Command } from '../../src/state/actions.ts';
import { screenText, UNICODE } from '../harness/explorer-screen.ts';
import { SMALL, WIDE } from '../harness/explorer.ts';
import { renderOnScreen } from '../harness/fake-tty.ts';
import { pax, rawTar, type RawMember } from '../harness/raw-tar.ts';
import { load, member, savedAs, sha256, sourceOf } from '../harness/saved.ts';

/** One of each kind. The lone surrogate is for texts of JSON alone: a tar's bytes have their own ways to be no text. */
const EVIL =
  'E\u001b[2J\u001b]0;t\u0007\b\r\n\t\u007f\u0085\u009b31m\u00ad\u061c\u200b\u200e\u200f\u2028\u202a\u202e\u2060\u2066\u2069\ufeff\u{e0041}';
const EVIL_BYTES = `${bytesOf(EVIL).replaceAll('/', '')}\x9b\xff\xed\xa0\x80`;
/** What looks like nothing and yet takes cells: a run of it is longer than any line. */
const BLANKS = '\u3000'.repeat(300) + '\u00a0'.repeat(300);
const EVIL_TEXT = `${EVIL}\ud800`;

/** What no terminal may be given. */
const RAW = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u200b\u2060\ufeff\u{e0041}]/u;

/** Two layers: the upper one changes, repeats and deletes what the lower one has, under the worst of names. */
function hostileArchive(): Buffer {
  const inDirectory = (name: string) => `${EVIL_BYTES}/${name}${EVIL_BYTES}`;
  const named = (path: string, member: Omit<RawMember, 'name'>, more: Record<string, string> = {}) => [
    pax({ path, [`SCHILY.xattr.${EVIL_BYTES.replaceAll('=', '')}`]: EVIL_BYTES, ...more }),
    { name: 'x', ...member },
  ];
  const lower = rawTar(
    ...named(inDirectory('a'), { content: 'one' }),
    ...named(inDirectory('b'), { content: 'two' }),
    ...named(inDirectory('c'), { content: 'three' }),
    ...named(inDirectory('l'), { type: '2' }, { linkpath: EVIL_BYTES }),
    ...named(inDirectory('h'), { type: '1' }, { linkpath: inDirectory('a') }),
  );
  const upper = rawTar(
    ...named(inDirectory('a'), { content: 'changed' }),
    ...named(inDirectory('b'), { content: 'two', uid: 5 }),
    ...named(`${EVIL_BYTES}/.wh.c${EVIL_BYTES}`, {}),
    ...named(inDirectory('l'), { type: '2' }, { linkpath: `${EVIL_BYTES}2` }),
  );
  const step = { created_by: EVIL_TEXT, created: EVIL_TEXT };
  const config = {
    os: EVIL_TEXT,
    architecture: EVIL_TEXT,
    variant: EVIL_TEXT,
    created: EVIL_TEXT,
    rootfs: { diff_ids: [EVIL_TEXT, `sha256:${sha256(upper)}${EVIL_TEXT}`] },
    history: [{ ...step, empty_layer: true }, step, step],
    config: {
      User: EVIL_TEXT,
      WorkingDir: EVIL_TEXT,
      Entrypoint: [EVIL_TEXT],
      Cmd: [EVIL_TEXT],
      Env: [EVIL_TEXT, `${BLANKS}=${BLANKS}`],
      ExposedPorts: { [EVIL_TEXT]: {} },
      Volumes: { [EVIL_TEXT]: {} },
      Labels: { [EVIL_TEXT]: EVIL_TEXT, blank: BLANKS, [BLANKS]: BLANKS },
      StopSignal: EVIL_TEXT,
      Healthcheck: { Test: ['CMD-SHELL', EVIL_TEXT] },
    },
  };
  return rawTar(
    member('l', lower),
    member('u', upper),
    member('c', JSON.stringify(config)),
    savedAs({ config: 'c', tags: [EVIL_TEXT], layers: ['l', 'u'] }),
  );
}

let image: AnalysedImage;
beforeAll(async () => {
  image = await load(sourceOf(hostileArchive()));
});

function explorer(size: ScreenSize): State {
  const { image: facts, analysis, blobs } = image;
  let state = opening(initialState(size, 'images'), EVIL_TEXT, 0);
  state = update(state, { type: 'image', image: facts }).state;
  state = update(state, { type: 'layer', analysis, blobs }).state;
  return update(state, { type: 'complete' }).state;
}

const pressed = (state: State, ...commands: readonly Command[]): State =>
  commands.reduce(
    (before, command) => update(before, { type: 'command', command, now: 0, textLines: 100 }).state,
    state,
  );

const typed = (state: State, text: string): State => update(state, { type: 'typed', text }).state;

/** The screens of an explorer, each with the words that tell it is the one that is meant. */
const SCREENS: readonly (readonly [name: string, words: string, (state: State) => State])[] = [
  ['an instruction without a layer', 'Instruction without', (state) => pressed(state, 'first')],
  ['the lower layer', 'diff ID  E\\e[2J', (state) => pressed(state, 'first', 'down')],
  ['the upper layer', 'diff ID  sha256:', (state) => pressed(state, 'first', 'down', 'down')],
  ['the image', 'E\\e[2J', (state) => pressed(state, 'image')],
  ['the waste by cause', 'E\\e[2J', (state) => pressed(state, 'waste-screen')],
  ['the waste by path', '/E\\e[2J', (state) => pressed(state, 'waste-screen', 'group', 'next-pane')],
  ['the waste by directory', 'E\\e[2J', (state) => pressed(state, 'waste-screen', 'group', 'group')],
  ['the file of a wasted copy', 'Content  in layer', (state) => pressed(state, 'waste-screen', 'file')],
  ['a file', '─ File ─', (state) => pressed(state, 'last', 'next-pane', 'unfold-all', 'first', 'down')],
  ['a link', 'link to  E\\e[2J', (state) => pressed(state, 'last', 'next-pane', 'unfold-all', 'last')],
  ['everything', 'everything up to', (state) => pressed(state, 'last', 'toggle-mode', 'unfold-all')],
  ['a wasted copy', '─ File ─', (state) => pressed(state, 'waste', 'down')],
  ['the filter', '/E\\e[2J', (state) => typed(pressed(state, 'next-pane', 'filter'), EVIL_TEXT)],
  [
    'a filter that finds nothing',
    'No path that layer',
    (state) => typed(pressed(state, 'last', 'next-pane', 'filter'), `${EVIL_TEXT}none`),
  ],
  [
    'a failure',
    'incomplete',
    (state) => update(state, { type: 'failed', message: messageOf(new Error(EVIL_TEXT)) }).state,
  ],
  [
    'a key that nobody knows',
    'does nothing here',
    (state) => update(state, { type: 'unknown-key', key: EVIL_TEXT }).state,
  ],
  ['the help', 'peel', (state) => pressed(state, 'help')],
];

const PICKER: readonly (readonly [string, string, (state: State) => State])[] = [
  ['the images', 'E\\e[2J', (state) => state],
  ['images of which none is called so', 'No image is called', (state) => typed(state, `${EVIL_TEXT}none`)],
];

describe.each<readonly [string, ScreenSize]>([
  ['120x40', WIDE],
  ['200x100', { columns: 200, rows: 100 }],
  ['80x24', SMALL],
])('a hostile image at %s sends nothing raw to the screen', (size_, size) => {
  it.each(SCREENS)('with %s', (name, words, open) => {
    const text = screenText(open(explorer(size)));
    // What is too long for a small screen is cut off there.
    if (size_ === '200x100') expect(text).toContain(words);
    expect(text.replaceAll('\n', ''), name).not.toMatch(RAW);
  });

  it.each([...SCREENS, ...PICKER])('drawn by Ink, with %s', async (name, _words, open) => {
    const isPicker = PICKER.some(([each]) => each === name);
    const list: State = { ...initialState(size, 'images'), typing: 'picker-filter' };
    const images = [{ reference: EVIL_TEXT, bytes: 1, created: 8.64e15, platform: EVIL_TEXT }];
    const listed = update(list, { type: 'images-listed', images, problem: messageOf(new Error(EVIL_TEXT)) });
    const store = new Store(open(isPicker ? listed.state : explorer(size)), () => undefined);
    await using app = renderOnScreen(<App store={store} theme={UNICODE} keymap={DEFAULT_KEYMAP} />, size);
    await app.screen.shows('peel');
    const text = app.screen.text();
    expect(text.replaceAll('\n', '')).not.toMatch(RAW);
    // Nor has a sequence been obeyed: the first line is still there.
    expect(app.screen.line(0)).toMatch(/^ peel/);
  });
});

it('a hostile image sends nothing raw to the summary', () => {
  const summary = summaryOf(image);
  expect(summary).toContain('E\\e[2J');
  expect(summary.replaceAll('\n', '')).not.toMatch(RAW);
});

it('a hostile image sends nothing raw to an error', async () => {
  const broken = [
    savedAs({ config: EVIL_TEXT, layers: [] }),
    savedAs({ config: 'c', tags: [EVIL_TEXT], layers: [] }, { config: 'd', tags: [EVIL_TEXT], layers: [] }),
    member('index.json', JSON.stringify({ manifests: [{ digest: EVIL_TEXT }] })),
  ];
  for (const document of broken) {
    const error: unknown = await load(sourceOf(rawTar(document))).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'PeelError' });
    expect(messageOf(error)).not.toMatch(RAW);
  }
});
