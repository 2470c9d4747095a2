/** What a directory that is typed goes on to: on a real disk, whose names may be any. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { completeDirectory } from '../../src/cli/complete-directory.ts';
import { emptyDirectory } from '../harness/layouts.ts';

const { signal } = new AbortController();

/** A directory with these in it; a name with a slash at its end is a directory, all others are files. */
function folderOf(...names: readonly (string | Buffer)[]): string {
  const folder = emptyDirectory();
  for (const name of names) {
    if (typeof name === 'string' && !name.endsWith('/')) writeFileSync(`${folder}/${name}`, '');
    else mkdirSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]));
  }
  return folder;
}

/** What is completed, without the folder that it is in. */
async function completed(folder: string, begun: string) {
  const { text, candidates } = await completeDirectory(`${folder}/${begun}`, signal);
  expect(text.startsWith(`${folder}/`)).toBe(true);
  return { text: text.slice(folder.length + 1), candidates };
}

const reason = (typed: string): Promise<string> =>
  completeDirectory(typed, signal).then(
    ({ text }) => `completed to ${text}`,
    (error: unknown) => (error as Error).message,
  );

describe('a directory that is typed', () => {
  it('goes on to the one that there is, with a slash at its end', async () => {
    const folder = folderOf('out/', 'other-file');
    expect(await completed(folder, 'o')).toEqual({ text: 'out/', candidates: null });
    expect(await completed(folder, '')).toEqual({ text: 'out/', candidates: null });
    expect(await completed(folder, 'out')).toEqual({ text: 'out/', candidates: null });
  });

  it('goes on to what several have in common, and tells which they are', async () => {
    const folder = folderOf('release-2/', 'release-10/', 'else/', 'release.txt');
    const candidates = { names: ['release-10', 'release-2'], count: 2 };
    expect(await completed(folder, 'r')).toEqual({ text: 'release-', candidates });
    expect(await completed(folder, 'release-')).toEqual({ text: 'release-', candidates });
    expect(await completed(folder, '')).toMatchObject({ text: '', candidates: { count: 3 } });
  });

  it('has whole characters in common', async () => {
    const folder = folderOf('\u{1f600}/', '\u{1f601}/');
    expect(await completed(folder, '')).toMatchObject({ text: '', candidates: { count: 2 } });
  });

  it('may be a link to one', async () => {
    const folder = folderOf('real/', 'file');
    symlinkSync('real', `${folder}/link`);
    symlinkSync('file', `${folder}/linked-file`);
    symlinkSync('nowhere', `${folder}/lost`);
    expect(await completed(folder, 'l')).toEqual({ text: 'link/', candidates: null });
  });

  it('is hidden only where a dot has been typed', async () => {
    const folder = folderOf('.git/', 'git/', '.other/');
    expect(await completed(folder, '')).toEqual({ text: 'git/', candidates: null });
    expect(await completed(folder, '.g')).toEqual({ text: '.git/', candidates: null });
    expect(await completed(folder, '.')).toMatchObject({
      text: '.',
      candidates: { names: ['.', '.git', '.other'] },
    });
    expect(await completed(folder, '..')).toEqual({ text: '../', candidates: null });
    expect(await completed(folder, 'git/../.o')).toEqual({ text: 'git/../.other/', candidates: null });
  });

  it('is no name that nobody could type', async () => {
    const folder = folderOf(Buffer.of(0x61, 0xff), 'ab/');
    expect(await completed(folder, 'a')).toEqual({ text: 'ab/', candidates: null });
  });

  it('may begin at home, as where it is extracted to may', async () => {
    expect(await completeDirectory('~', signal)).toEqual({ text: '~/', candidates: null });
    expect(await reason('~/there is no such directory')).toBe(
      'No directory there begins with there is no such directory.',
    );
    expect(await reason(`~/none/x`)).toBe('There is no ~/none/ yet.');
    expect(homedir()).not.toBe('');
  });

  it('begins at the current directory otherwise', async () => {
    expect(await completeDirectory('test/harn', signal)).toEqual({ text: 'test/harness/', candidates: null });
  });
});

describe('where there is nothing to go on to, it is said why', () => {
  it.each([
    ['a name that nothing has', 'zz', /^No directory there begins with zz\.$/],
    ['nothing but files', 'full/', /^There is no directory in .*full\/\.$/],
    ['a directory that is not there', 'none/x', /^There is no .*none\/ yet\.$/],
    ['a file', 'file/x', /file\/ is no directory\.$/],
    ['a name with control characters', 'z\u001b[31m', /^No directory there begins with z\\e\[31m\.$/],
  ])('%s', async (_, begun, why) => {
    const folder = folderOf('full/', 'file');
    writeFileSync(`${folder}/full/a`, '');
    expect(await reason(`${folder}/${begun}`)).toMatch(why);
  });

  it.skipIf(process.getuid?.() === 0)('a directory that may not be read', async () => {
    const folder = folderOf('closed/');
    chmodSync(`${folder}/closed`, 0);
    expect(await reason(`${folder}/closed/`)).toMatch(/may not be seen: permission denied\.$/);
  });
});

describe('a directory of many names', () => {
  const MANY = 3000;
  const crowd = () => folderOf(...Array.from({ length: MANY }, (_, index) => `name-${index}/`));

  it('is counted, and some are told', async () => {
    const { text, candidates } = await completed(crowd(), 'n');
    expect(text).toBe('name-');
    expect(candidates?.count).toBe(MANY);
    expect(candidates?.names.length).toBeLessThan(MANY);
  });

  it('lets keys be heard meanwhile', async () => {
    const folder = crowd();
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      turns++;
      if (!isDone) setImmediate(turn);
    };
    turn();
    await completed(folder, 'n');
    isDone = true;
    expect(turns).toBeGreaterThan(2);
  });

  it('is given up when it is not wanted any more', async () => {
    const folder = crowd();
    const controller = new AbortController();
    const looking = completeDirectory(`${folder}/n`, controller.signal);
    controller.abort(new Error('given up'));
    await expect(looking).rejects.toThrow('given up');
  });
});
