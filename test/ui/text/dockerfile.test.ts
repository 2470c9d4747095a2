import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/state/layout.ts';
import { detailsPane } from '../../../src/ui/panes/details-pane.ts';
import { dockerfileSegments } from '../../../src/ui/text/dockerfile.ts';
import { file } from '../../harness/archive.ts';
import { opened } from '../../harness/explorer.ts';
import { textOf, UNICODE } from '../../harness/explorer-screen.ts';

/** Pieces that are not plain, as `role text`. */
const coloured = (command: string): string[] =>
  dockerfileSegments(command)
    .filter(({ role }) => role !== 'plain')
    .map(({ role, text }) => `${role} ${text}`);

describe('a command is coloured as a Dockerfile is', () => {
  it.each<[string, readonly string[]]>([
    [
      'RUN apt-get install -y --no-install-recommends "$PKG" && rm -rf $DIR; true',
      [
        ...['instruction RUN', 'flag -y', 'flag --no-install-recommends', 'string "$PKG"', 'operator &&'],
        ...['flag -rf', 'variable $DIR', 'operator ;'],
      ],
    ],
    ['COPY --chown=1000:1000 a-b /c', ['instruction COPY', 'flag --chown']],
    ['ENV A=b;c B="x y" # no comment', ['instruction ENV', 'string "x y"']],
    [
      "RUN set -e \\ echo 'it' | tee ${OUT:-x} # why",
      [
        'instruction RUN',
        'flag -e',
        'operator \\',
        "string 'it'",
        'operator |',
        'variable ${OUT:-x}',
        'comment # why',
      ],
    ],
    ['CMD ["node", "a.js"]', ['instruction CMD', 'string "node"', 'string "a.js"']],
    [
      'HEALTHCHECK CMD curl -f x || exit 1',
      ['instruction HEALTHCHECK', 'instruction CMD', 'flag -f', 'operator ||'],
    ],
    ['ONBUILD RUN make', ['instruction ONBUILD', 'instruction RUN']],
    ['RUN echo a#b x=--y', ['instruction RUN']],
    ['RUN echo "never closed $X', ['instruction RUN', 'variable $X']],
    ['bazel build ...', []],
    ['RUNAWAY', []],
    ['unknown command', []],
    ['', []],
  ])('%s', (command, pieces) => {
    expect(coloured(command)).toEqual(pieces);
  });

  it('and loses no character of it', () => {
    const letters = fc.constantFrom(...Array.from('RUN CMD "\'\\$#{}-=&|; ab1\n'));
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 60 }), (text) => {
        expect(textOf(dockerfileSegments(text))).toBe(text);
      }),
    );
  });

  it('however long its quotes are never closed', () => {
    const evil = `RUN ${'"\\"'.repeat(5000)}`;
    expect(textOf(dockerfileSegments(evil))).toBe(evil);
  });
});

it('the details of a layer show it so, on as many lines as it takes', () => {
  const command = `RUN echo "${'word '.repeat(30)}" && make --jobs=4 ${'x'.repeat(100)}`;
  const state = opened([[file('a', 'x')]], { history: [command] });
  const place = layoutOf(state)?.panes.details;
  if (place === undefined) throw new Error('the details have no place');
  const lines = detailsPane(state, place, UNICODE.glyphs);
  const inOne = (role: string) =>
    lines.flatMap((line) => line.filter((piece) => piece.role === role).map(({ text }) => text)).join(' ');
  expect(inOne('instruction')).toBe('RUN');
  expect(inOne('flag')).toBe('--jobs');
  expect(inOne('string')).toBe(`"${'word '.repeat(30)}"`);
  const text = lines.map((line) => textOf(line).slice(2, -1).trim()).join(' ');
  expect(text.replaceAll(' ', '')).toContain(command.replaceAll(' ', ''));
});
