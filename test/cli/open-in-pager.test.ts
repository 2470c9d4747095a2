import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openInPager, safeName } from '../../src/cli/open-in-pager.ts';
import { pagerFor } from '../../src/cli/pager.ts';
import { bytesOf } from '../../src/image/text.ts';
import { requestFor } from '../harness/contents.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { configFor, load, member, savedAs, sourceOf } from '../harness/saved.ts';
import { findCommand } from '../harness/debian-packages.ts';
import { Terminal } from '../harness/terminal.ts';

const layer = rawTar({ name: 'etc/app.conf', content: 'one\ntwo\n' }, { name: 'etc/empty' });
const bytes = rawTar(
  member('l', layer),
  member('c', configFor(layer)),
  savedAs({ config: 'c', layers: ['l'] }),
);

interface Opened {
  readonly log: readonly string[];
  readonly error: unknown;
  /** How often the terminal was given over. */
  readonly given: number;
}

/** Opens a file with a pager that is a shell script: `$log` is where it may leave what it has seen. */
async function opened(
  script: string,
  { path = 'etc/app.conf', variable = 'PAGER', args = '' } = {},
): Promise<Opened> {
  const folder = emptyDirectory();
  const log = join(folder, 'log');
  const pager = join(folder, 'my-pager');
  writeFileSync(pager, `#!/bin/sh\nlog='${log}'\n${script}\n`);
  chmodSync(pager, 0o755);
  const source = sourceOf(bytes);
  const { analysis } = await load(source);
  let given = 0;
  const withTerminal = (run: () => Promise<void>) => {
    given++;
    return run();
  };
  const environment = { PATH: process.env['PATH'], [variable]: `${pager}${args}`, LESSOPEN: '|evil %s' };
  const file = { path: bytesOf(path), content: requestFor(analysis, path) };
  const opening = openInPager(source, file, { environment, withTerminal }, new AbortController().signal);
  const error: unknown = await opening.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { log: existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [], error, given };
}

describe('a file in a pager', () => {
  it('has its name and its content, and is there as long as it is looked at', async () => {
    const { log, error, given } = await opened('printf "%s\\n" "$#" "$1" >$log; cat "$1" >>$log');
    expect(error).toBeNull();
    expect(given).toBe(1);
    const [count, path = '', ...content] = log;
    expect(count).toBe('1');
    expect(path).toMatch(/\/peel-[^/]+\/app\.conf$/);
    expect(content).toEqual(['one', 'two']);
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('is nobody else’s, and nobody writes to it', async () => {
    const { log } = await opened('stat -c %a "$1" "$(dirname "$1")" >$log');
    expect(log).toEqual(['400', '700']);
  });

  it('may be empty', async () => {
    const { log, error } = await opened('wc -c <"$1" >$log', { path: 'etc/empty' });
    expect([log, error]).toEqual([['0'], null]);
  });

  it.each(['PAGER', 'VISUAL', 'EDITOR'])(
    'is opened by what %s names, arguments and all',
    async (variable) => {
      const { log } = await opened('printf "%s\\n" "$1" "$2" "${3##*/}" >$log', {
        variable,
        args: " -R 'a b'",
      });
      expect(log).toEqual(['-R', 'a b', 'app.conf']);
    },
  );

  it('is shown as it is: no program is run on it first', async () => {
    const { log } = await opened('echo "${LESSOPEN-none}" >$log');
    expect(log).toEqual(['none']);
  });

  it.each([
    ['exit 3', /my-pager ended with status 3\.$/],
    ['kill -TERM $$', /my-pager was ended by SIGTERM\.$/],
    ['exit 127', /my-pager: there is no such program; PAGER names one that shows files\.$/],
  ])('leaves nothing behind when it fails: %s', async (script, message) => {
    const { log, error } = await opened(`echo "$1" >$log; ${script}`);
    expect(error).toMatchObject({ code: 'program', message: expect.stringMatching(message) as string });
    expect(existsSync(dirname(log[0] ?? ''))).toBe(false);
  });

  it('has been seen when somebody interrupts', async () => {
    expect((await opened('kill -INT $$')).error).toBeNull();
  });

  it('is not fetched for nothing, and what fails while it is fetched leaves nothing behind', async () => {
    const source = sourceOf(bytes);
    const { analysis } = await load(source);
    const withTerminal = () => Promise.reject(new Error('not to be given'));
    const content = { ...requestFor(analysis, 'etc/app.conf'), size: 7 };
    const file = { path: 'etc/app.conf', content };
    const { signal } = new AbortController();
    const open = (environment: Record<string, string>) =>
      openInPager(source, file, { environment, withTerminal }, signal);
    await expect(open({ PATH: '/nonexistent' })).rejects.toMatchObject({ code: 'program' });
    await expect(open({ PAGER: 'true' })).rejects.toMatchObject({ code: 'file' });
  });
});

describe('who shows files', () => {
  const PATH = process.env['PATH'];

  it('is whoever has been chosen, a pager before an editor', () => {
    expect(pagerFor({ PATH, PAGER: 'a', VISUAL: 'b', EDITOR: 'c' })).toBe('a');
    expect(pagerFor({ PATH, PAGER: ' ', VISUAL: 'b', EDITOR: 'c' })).toBe('b');
    expect(pagerFor({ PATH, EDITOR: 'vi -R' })).toBe('vi -R');
  });

  it('is what is there, where nothing has been chosen', () => {
    expect(['less', 'more']).toContain(pagerFor({ PATH }));
    expect(() => pagerFor({ PATH: emptyDirectory() })).toThrow(
      'Neither less nor more is here: set PAGER to a program that shows files.',
    );
  });
});

describe('what a file is called for a pager', () => {
  it.each([
    ['etc/app.conf', 'app.conf'],
    ['größe.txt', 'größe.txt'],
    ['d/-rf', '_rf'],
    ['d/.profile', '_profile'],
    ['d/a b;$(x)`\n\u001b[2J.sh', 'a_b___x_____2J.sh'],
    ['..', '_'],
    [`d/${'x'.repeat(300)}.json`, `${'x'.repeat(95)}.json`],
    ['', 'file'],
  ])('of %j is %j', (path, name) => {
    expect(safeName(bytesOf(path))).toBe(name);
  });
});

describe.skipIf(findCommand('less') === null)('less, in a real terminal', () => {
  const at = (path: string) =>
    JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src', path)).href);
  const program = `
    const { openInPager } = await import(${at('cli/open-in-pager.ts')});
    const { sampleSource } = await import(${at('sources/sample/sample-source.ts')});
    const { loadImage } = await import(${at('cli/load-image.ts')});
    const { contentRequest } = await import(${at('tree/content-request.ts')});
    const { signal } = new AbortController();
    const source = sampleSource();
    const { analysis: { stack, tables } } = await loadImage(source, () => undefined, signal);
    const node = tables.paths.find('etc/os-release');
    const content = contentRequest(stack, tables, stack.top(node));
    const surroundings = { environment: process.env, withTerminal: (run) => run() };
    await openInPager(source, { path: 'etc/os-release', content }, surroundings, signal);
    console.log('back again');
  `;

  it('shows the file, keeps an interrupt to itself, and gives the terminal back', async () => {
    await using terminal = new Terminal(process.execPath, ['--input-type=module', '-e', program]);
    await terminal.screen.shows('/os-release (END)');
    terminal.press('ctrl-c');
    // It has been heard when the prompt is a short one: what was typed before would be thrown away.
    await terminal.screen.shows(/^\(END\)$/m);
    terminal.type('q');
    await terminal.screen.shows('back again');
    expect((await terminal.exit()).status).toBe(0);
  });
});
