// What is written is whole or it is not there, and peel says so; what comes in too short is told of as well.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, watch, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runPeel } from '../harness/built-peel.ts';
import { emptyDirectory } from '../harness/layouts.ts';
import { shopArchive } from '../harness/shop-archive.ts';
import { openShell, prompts } from '../harness/terminal.ts';

const launcher = fileURLToPath(new URL('../../bin/peel.js', import.meta.url));
const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0;

/** Runs a script of sh with peel as `"$@"`. */
async function shell(script: string, folder: string, stdout: number | 'pipe' = 'pipe') {
  const child = spawn('sh', ['-c', script, 'sh', process.execPath, launcher], {
    cwd: folder,
    stdio: ['ignore', stdout, 'pipe'],
  });
  const [said, written] = await Promise.all([
    child.stderr === null ? '' : text(child.stderr),
    child.stdout === null ? '' : text(child.stdout),
    once(child, 'close'),
  ]);
  return { status: child.exitCode, said, written };
}

const ONE_LINE = /^peel: [^\n]+\n$/;

describe('a disk that is full', () => {
  const small = 'mount -t tmpfs -o size=64k tmpfs .; cd "$PWD"';

  it.skipIf(!canMount)('leaves no part of a report behind', async () => {
    const inside = `${small}; head -c 60000 /dev/zero > filler; "$@" --sample --files --json report.json; s=$?; ls -A; exit $s`;
    const { status, said, written } = await shell(
      `unshare --mount sh -c '${inside}' sh "$@"`,
      emptyDirectory(),
    );
    expect({ status, written }).toEqual({ status: 2, written: 'filler\n' });
    expect(said).toMatch(ONE_LINE);
    expect(said).toContain('Cannot write report.json: ENOSPC: no space left on device');
  });

  it.skipIf(!canMount)('leaves the report that was there as it was', async () => {
    const inside = `${small}; echo old > report.json; head -c 57000 /dev/zero > filler; "$@" --sample --files --json report.json; s=$?; ls -A; cat report.json; exit $s`;
    const { status, said, written } = await shell(
      `unshare --mount sh -c '${inside}' sh "$@"`,
      emptyDirectory(),
    );
    expect({ status, written }).toEqual({ status: 2, written: 'filler\nreport.json\nold\n' });
    expect(said).toMatch(ONE_LINE);
  });

  it('is told of in one line where it is a device', async () => {
    const run = await runPeel(['--sample', '--json', '/dev/full'], { host: null });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toBe('peel: Cannot write /dev/full: ENOSPC: no space left on device\n');
  });

  it.each(['--json -', ''])('is told of in one line where it is standard output, with "%s"', async (args) => {
    const full = await open('/dev/full', 'w');
    const { status, said } = await shell(`"$@" --sample ${args}`, emptyDirectory(), full.fd);
    await full.close();
    expect(status).toBe(2);
    expect(said).toMatch(ONE_LINE);
    expect(said).toContain('ENOSPC');
  });
});

/** Resolves as soon as a file is there. */
async function appears(folder: string, name: string): Promise<void> {
  const watcher = watch(folder);
  const isThere = () => {
    try {
      return readFileSync(join(folder, name), 'utf8') !== '';
    } catch {
      return false;
    }
  };
  while (!isThere()) await once(watcher, 'change');
  watcher.close();
}

describe('an archive on standard input', () => {
  it('whose writer is killed is told of in one line', async () => {
    const folder = emptyDirectory();
    writeFileSync(join(folder, 'shop.tar'), await shopArchive());
    // The writer has written what it will ever write before it tells its process id; then it holds the pipe.
    const writer = `sh -c 'head -c 2000000 shop.tar; echo $$ > pid; exec sleep 1000'`;
    const running = shell(`${writer} | "$@" --json - -`, folder);
    await appears(folder, 'pid');
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
    const { status, said, written } = await running;
    expect({ status, written }).toEqual({ status: 2, written: '' });
    // The shell says on its own account what became of the writer.
    expect(said.replace(/^Killed\n/m, '')).toBe(
      'peel: standard input: It ends too early: the archive was cut off.\n',
    );
  });

  it('closes the screen again where its writer is killed before there is anything to show', async () => {
    await using terminal = await openShell({ columns: 100, rows: 30 });
    writeFileSync(join(terminal.home, 'shop.tar'), await shopArchive());
    terminal.type(`sh -c 'head -c 9000 shop.tar; echo $$ >pid; exec sleep 1000' | peel -\n`);
    await appears(terminal.home, 'pid');
    await terminal.screen.until('the screen is up', () => terminal.screen.buffer === 'alternate');
    process.kill(Number(readFileSync(join(terminal.home, 'pid'), 'utf8')), 'SIGKILL');
    await prompts(terminal);
    terminal.type('echo "status $?"\n');
    await terminal.screen.shows(/^status 2$/m);
    expect(terminal.screen.text()).toMatch(/^peel: standard input/m);
    expect(terminal.screen.modes).toEqual([]);
  });

  it('that is closed, or holds nothing, is told of in one line', async () => {
    for (const input of ['<&-', '</dev/null']) {
      const { status, said } = await shell(`"$@" --json - - ${input}`, emptyDirectory());
      expect({ input, status }).toEqual({ input, status: 2 });
      expect(said).toMatch(ONE_LINE);
    }
  });
});
