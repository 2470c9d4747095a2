import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/cli/replace-file.ts';
import { PART_PREFIX } from '../../src/extract/part-file.ts';

const modulePath = join(import.meta.dirname, '../../src/cli/replace-file.ts');

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peel-replace-'));
  path = join(folder, 'report.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Gives a piece, then fails as a full disk does. */
function* failing(): Generator<string, void> {
  yield '{"half":';
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
}

describe('a file that is written', () => {
  it('holds all pieces, and nothing else is left beside it', async () => {
    await replaceFile(path, ['one ', 'größer ', 'three']);
    expect(readFileSync(path, 'utf8')).toBe('one größer three');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('takes the place of what was there, with its permissions', async () => {
    writeFileSync(path, 'something longer than what comes');
    chmodSync(path, 0o640);
    await replaceFile(path, ['new']);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o7777).toBe(0o640);
  });

  it('is not seen before it is whole', async () => {
    writeFileSync(path, 'old');
    const seen: string[] = [];
    function* looking(): Generator<string, void> {
      yield 'new';
      seen.push(readFileSync(path, 'utf8'), ...readdirSync(folder).filter((name) => name !== 'report.json'));
      yield 'er';
    }
    await replaceFile(path, looking());
    expect(seen).toEqual(['old', expect.stringContaining(PART_PREFIX)]);
    expect(readFileSync(path, 'utf8')).toBe('newer');
  });

  it('is the one that a link leads to; the link stays', async () => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep/real.json'), 'old');
    symlinkSync('deep/real.json', path);
    await replaceFile(path, ['new']);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'deep/real.json'), 'utf8')).toBe('new');
  });
});

describe('a file that cannot be written whole', () => {
  it('is not there', async () => {
    await expect(replaceFile(path, failing())).rejects.toThrow('ENOSPC');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays what it was', async () => {
    writeFileSync(path, 'old');
    await expect(replaceFile(path, failing())).rejects.toThrow('ENOSPC');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('is refused where there is no such directory, or one by its name', async () => {
    await expect(replaceFile(join(folder, 'none/report.json'), ['x'])).rejects.toThrow('ENOENT');
    await expect(replaceFile(folder, ['x'])).rejects.toThrow('EISDIR');
  });
});

describe('what is no regular file', () => {
  it('gets the text as it comes', async () => {
    await replaceFile('/dev/null', ['x']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('may be a pipe that somebody reads', async () => {
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    const reader = spawn('cat', [path], { stdio: ['ignore', 'pipe', 'ignore'] });
    // What nobody listens to is thrown away when its process ends.
    const read = text(reader.stdout);
    await replaceFile(path, ['one ', 'two']);
    expect(await read).toBe('one two');
    expect(statSync(path).isFIFO()).toBe(true);
  });
});

/** Writes without end, and says so once something has been written. */
const endless = `
  const { replaceFile } = await import(${JSON.stringify(pathToFileURL(modulePath).href)});
  function* pieces() {
    yield 'x'.repeat(1000);
    process.stdout.write('writing');
    for (;;) yield 'x';
  }
  await replaceFile(process.argv[1], pieces());
`;

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s in the middle ends the process as ever, and nothing is left behind',
  async (signal) => {
    writeFileSync(path, 'old');
    const writer = spawn(process.execPath, ['--input-type=module', '-e', endless, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(writer.stdout, 'data');
    expect(readdirSync(folder)).toHaveLength(2);
    writer.kill(signal);
    const [, endedBy] = (await once(writer, 'exit')) as [number | null, string];
    expect(endedBy).toBe(signal);
    expect(readdirSync(folder)).toEqual(['report.json']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  },
);

it('a file in a directory that lets nobody make another one is written in its place', (test) => {
  // Nothing is forbidden to root but by the file system: such a directory is one that is mounted read-only, around it.
  const script = `
    set -e
    mount -t tmpfs tmpfs "$1"
    echo old > "$1/report.json"
    mount --bind "$1/report.json" "$1/report.json"
    mount -o remount,ro,bind "$1"
    "$2" --input-type=module -e "$3" "$1/report.json"
    cat "$1/report.json"
  `;
  const write = `
    const { replaceFile } = await import(${JSON.stringify(pathToFileURL(modulePath).href)});
    await replaceFile(process.argv[1], ['new']);
  `;
  const args = ['--mount', 'sh', '-c', script, 'sh', folder, process.execPath, write];
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0) test.skip('no mount namespace can be made');
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'new', stderr: '' });
});
