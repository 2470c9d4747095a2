import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Errands, reportText } from '../../src/cli/errands.ts';
import type { ExtractReport } from '../../src/extract/extract.ts';
import type { ImageSource } from '../../src/image/source.ts';
import type { Action } from '../../src/state/actions.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { configFor, load, member, savedAs, sourceOf } from '../harness/saved.ts';
import { filesIn } from '../harness/files-in.ts';
import { nodeOf } from '../harness/tree.ts';

const NONE = { devices: 0, fifos: 0, deadLinks: 0, names: 0 };
const REPORT: ExtractReport = {
  destination: 'out',
  files: 0,
  links: 0,
  directories: 0,
  symlinks: 0,
  bytes: 0,
  leftOut: NONE,
};

describe('what has been extracted', () => {
  it.each<[string, Partial<ExtractReport>, string]>([
    ['one file', { files: 1, bytes: 9 }, '1 file (9 B) into out.'],
    [
      'the current directory',
      { files: 1, bytes: 9, destination: '.' },
      '1 file (9 B) into the current directory.',
    ],
    [
      'names of all kinds',
      { files: 2, bytes: 3000, links: 1, symlinks: 2, directories: 4 },
      '2 files (3.0 kB), 1 hard link, 2 symlinks into out.',
    ],
    ['directories alone', { directories: 2 }, '2 directories into out.'],
    ['nothing', {}, 'nothing into out.'],
    [
      'what is left out',
      { files: 1, leftOut: { devices: 1, fifos: 2, deadLinks: 1, names: 1 } },
      '1 file (0 B) into out; left out: 1 device, 2 fifos, 1 hard link to nothing, 1 name that no file system takes.',
    ],
  ])('is told of: %s', (_, report, text) => {
    expect(reportText({ ...REPORT, ...report })).toBe(`Extracted ${text}`);
  });
});

const layer = rawTar({ name: 'app/one', content: 'one' }, { name: 'app/two', content: 'two' });
const BYTES = rawTar(
  member('l', layer),
  member('c', configFor(layer)),
  savedAs({ config: 'c', layers: ['l'] }),
);

/** An image with one directory, and what errands tell of it. */
async function desk(change: (source: ImageSource) => ImageSource = (source) => source) {
  const source = sourceOf(BYTES);
  const { analysis } = await load(source);
  const told: Action[] = [];
  const terminal = { lend: () => Promise.resolve(), pass: () => undefined };
  const errands = new Errands(terminal, (action) => told.push(action));
  const image = { source: change(source), analysis };
  const at = { node: nodeOf(analysis, 'app'), layer: 0 };
  const extract = (destination: string, replaces = false) =>
    errands.extract({ type: 'extract', at, destination, replaces }, image);
  const sentence = () => told.flatMap((action) => (action.type === 'errand-ended' ? [action.sentence] : []));
  return { errands, told, extract, sentence };
}

describe('errands', () => {
  it('extract, and say so', async () => {
    const { extract, sentence, told } = await desk();
    const folder = emptyDirectory();
    await extract(folder);
    expect(filesIn(folder)).toEqual({ 'app/one': 'one', 'app/two': 'two' });
    expect(sentence()).toEqual([`Extracted 2 files (6 B) into ${folder}.`]);
    expect(told[0]).toMatchObject({ type: 'extracted', done: { totalFiles: 2, totalBytes: 6 } });
  });

  it('ask before they replace anything', async () => {
    const { extract, told, sentence } = await desk();
    const folder = emptyDirectory();
    await extract(folder);
    told.length = 0;
    await extract(folder);
    expect(told[0]).toEqual({ type: 'places-taken', count: 2, first: `${folder}/app/one` });
    await extract(folder, true);
    expect(sentence().at(-1)).toBe(`Extracted 2 files (6 B) into ${folder}.`);
  });

  /** A source that gives one file, and then waits for ever. */
  const stuck =
    (onFirst: () => void) =>
    (source: ImageSource): ImageSource => ({
      index: (...args) => source.index(...args),
      async content(requests, open, signal) {
        await source.content(requests.slice(0, 1), open, signal);
        const gone = Promise.withResolvers<never>();
        signal.addEventListener('abort', () => gone.reject(signal.reason as Error));
        onFirst();
        return gone.promise;
      },
    });

  it('are cancelled, and tell what is written by then', async () => {
    const reached = Promise.withResolvers<null>();
    const { errands, extract, sentence } = await desk(stuck(() => reached.resolve(null)));
    const folder = emptyDirectory();
    const done = extract(folder);
    await reached.promise;
    errands.cancel();
    await done;
    expect(sentence()).toEqual(['Cancelled: 1 of 2 files has been written.']);
    expect(filesIn(folder)).toEqual({ 'app/one': 'one' });
  });

  it('are forgotten with their image: nothing more is told', async () => {
    const reached = Promise.withResolvers<null>();
    const { errands, extract, told } = await desk(stuck(() => reached.resolve(null)));
    const done = extract(emptyDirectory());
    await reached.promise;
    told.length = 0;
    errands.forget();
    await done;
    expect(told).toEqual([]);
  });

  it('complete a directory, and tell of the last one alone', async () => {
    const { errands, told } = await desk();
    const folder = emptyDirectory();
    mkdirSync(`${folder}/out`);
    const first = errands.complete({ type: 'complete', typed: `${folder}/` });
    const last = errands.complete({ type: 'complete', typed: `${folder}/o` });
    await Promise.all([first, last]);
    expect(told).toEqual([
      { type: 'completed', typed: `${folder}/o`, completed: { text: `${folder}/out/`, candidates: null } },
    ]);
    told.length = 0;
    await errands.complete({ type: 'complete', typed: `${folder}/z` });
    expect(told).toMatchObject([{ completed: 'No directory there begins with z.' }]);
    told.length = 0;
    const forgotten = errands.complete({ type: 'complete', typed: `${folder}/` });
    errands.forget();
    await forgotten;
    expect(told).toEqual([]);
  });

  it('that fail say why in one line', async () => {
    const { extract, sentence } = await desk();
    await extract('/dev/null/below');
    expect(sentence()).toEqual([expect.stringMatching(/^Cannot write \/dev\/null\/below/)]);
  });
});
