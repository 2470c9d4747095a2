/** What would help, in words that fit the instruction that made the layer. Layers are given base first. */
import { describe, expect, it } from 'vitest';
import { findTips, joinTips, type Tip } from '../../src/analysis/tips.ts';
import { file, hardlink, whiteout } from '../harness/archive.ts';
import { analysisOf, type Layers } from '../harness/tree.ts';

const BASE = [file('etc/motd', 'hello')];
const MADE = [file('app/a', 'x'.repeat(100))];
const MADE_TWO = [...MADE, file('app/b', 'y'.repeat(100))];

/** The one tip for a base, a layer and what comes above it; `commands` are those of the latter two. */
function tip(below: Layers[number], above: Layers[number], ...commands: readonly (string | null)[]): Tip {
  const [only, ...others] = findTips(analysisOf(BASE, below, above), ['ADD rootfs.tar /', ...commands]);
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} tips`);
  return only;
}

describe('a file that is stored again, unchanged', () => {
  const linked = [...MADE, hardlink('app/hard', 'app/a')];

  it('by a RUN was touched or linked there: no word of COPY', () => {
    expect(tip(MADE, linked, '/bin/sh -c make', '/bin/sh -c ln /app/a /app/hard')).toMatchObject({
      id: 'stored-again',
      title: 'Layer 2 stores 1 file of layer 1 again, unchanged.',
      fix: 'The RUN of layer 2 touches or links what layer 1 made, which stores it whole again: do that where it is made, in layer 1.',
    });
    expect(tip(MADE, linked, 'COPY a /app', 'RUN /bin/sh -c ln /app/a /app/hard # buildkit').fix).toBe(
      'The RUN of layer 2 touches or links what layer 1 made, which stores it whole again: do that in a build stage, and copy from there.',
    );
  });

  it('by a RUN belongs where it is made, but for the base image', () => {
    const [first] = findTips(analysisOf(MADE, linked), [null, 'RUN ln /app/a /app/hard']);
    expect(first?.fix).toBe(
      'Leave it alone in the RUN of layer 1: touching or linking a file of a lower layer stores it whole again.',
    );
  });

  it('by a COPY is to be copied once', () => {
    expect(tip(MADE_TWO, MADE_TWO, 'COPY app /app', 'COPY . /')).toMatchObject({
      title: 'Layer 2 stores 2 files of layer 1 again, unchanged.',
      fix: 'Copy them once: narrow the COPY of layer 2.',
    });
    expect(tip(MADE, MADE, 'RUN make', '/bin/sh -c #(nop) ADD dir:0123 in / ').fix).toBe(
      'Copy it once: list it in .dockerignore, or narrow the ADD of layer 2.',
    );
  });

  it('by who knows what is to be left alone', () => {
    expect(tip(MADE, MADE, null, 'bazel build ...').fix).toBe(
      'Leave it alone in layer 2: touching or linking a file of a lower layer stores it whole again.',
    );
    expect(tip(MADE, MADE).fix).toContain('Leave it alone in layer 2');
  });

  it('twice in one layer is the doing of the tool that wrote it', () => {
    expect(tip([...MADE, ...MADE], [], 'RUN make', 'RUN true')).toMatchObject({
      title: 'Layer 1 stores 1 file of its own again, unchanged.',
      fix: 'The tool that wrote layer 1 stored it twice: its input names it more than once.',
    });
  });
});

describe('a file that is deleted later', () => {
  it('by a RUN is to be deleted in the RUN that makes it', () => {
    expect(tip(MADE, [whiteout('app/a')], 'RUN make', 'RUN rm')).toMatchObject({
      title: 'Layer 2 deletes 1 file of layer 1: the bytes stay below it.',
      fix: 'Delete it in the step that makes it: join the RUN of layer 2 with that of layer 1, or use a build stage.',
    });
    expect(tip(MADE_TWO, [whiteout('app')], null, null).fix).toBe(
      'Delete them in the step that makes them: join layer 2 with layer 1, or use a build stage.',
    );
  });

  it('and came by a COPY cannot be deleted in it', () => {
    expect(tip(MADE, [whiteout('app/a')], 'COPY . /app', 'RUN rm').fix).toBe(
      'Leave it out of the COPY of layer 1 (.dockerignore), or copy it into a build stage and take only what is needed from there.',
    );
  });
});

describe('a file of which only its attributes change', () => {
  const owned = [file('app/a', 'x'.repeat(100), { uid: 7, mode: 0o600 })];
  const touched = [file('app/a', 'x'.repeat(100), { mtime: 7 })];

  it('is to get them where it is made', () => {
    expect(tip(MADE, owned, 'COPY . /app', 'RUN chown').fix).toBe(
      'Set it where the file is made (COPY --chown=… --chmod=… in layer 1); layer 2 is then not needed.',
    );
    expect(tip(MADE, owned, 'RUN make', 'RUN chown').fix).toContain('(in the RUN of layer 1)');
    expect(tip(MADE, owned, null, null).fix).toContain(
      '(COPY --chown=… --chmod=…, or in the RUN of layer 1)',
    );
  });

  it('costs its bytes where it is the base image’s', () => {
    const [first] = findTips(analysisOf(MADE, owned), ['ADD rootfs.tar /', 'RUN chown']);
    expect(first?.fix).toBe(
      'Layer 0 comes with the base image: its file is stored whole again for this, unless the base has it so already.',
    );
  });

  it('is to be left alone where it is only touched', () => {
    expect(tip(MADE, touched, 'RUN make', 'RUN touch')).toMatchObject({
      title: 'Layer 2 repeats 1 file of layer 1: only time changed.',
      fix: 'Leave the file alone in the RUN of layer 2: touching it stores it whole again.',
    });
  });
});

describe('a file that is overwritten', () => {
  it('is to be written once', () => {
    expect(tip(MADE, [file('app/a', 'new')], 'RUN make', 'RUN make').fix).toBe(
      'Write it once: join the steps of layers 1 and 2, or leave out what is overwritten.',
    );
  });
});

describe('tips that differ in nothing but layers, files and bytes', () => {
  const commands = ['ADD rootfs.tar /', 'RUN one', 'RUN two', 'COPY c /', 'RUN rm'];
  const layers: Layers = [
    [file('base', 'b'.repeat(40))],
    [file('one', 'x'.repeat(100))],
    [file('two', 'y'.repeat(300)), file('too', 'y'.repeat(5))],
    [file('three', 'z'.repeat(50))],
    ['base', 'one', 'two', 'too', 'three'].map((path) => whiteout(path)),
  ];
  const joined = joinTips(findTips(analysisOf(...layers), commands), commands);

  it('are one, with the bytes of each', () => {
    expect(joined[0]).toMatchObject({
      bytes: 405,
      layers: [1, 2, 4],
      title: 'Layer 4 deletes 3 files of layers 1 and 2: the bytes stay below it.',
      fix:
        'Delete them in the steps that make them: join the RUN of layer 4 with those of layers 1 and 2, or use a ' +
        'build stage. 305 B are of layer 2, 100 B of layer 1.',
    });
  });

  it('are others where the instruction is, or the base image’s', () => {
    expect(joined.map(({ layers: those }) => those)).toEqual([
      [1, 2, 4],
      [3, 4],
      [0, 4],
    ]);
  });
});
