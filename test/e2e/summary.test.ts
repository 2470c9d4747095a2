import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openPeel } from '../harness/terminal.ts';

const launcher = fileURLToPath(new URL('../../bin/peel.js', import.meta.url));

interface Output {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs peel with pipes in place of a terminal. */
function run(args: readonly string[], env: Record<string, string> = {}): Promise<Output> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC', ...env } };
    const child = execFile(process.execPath, [launcher, ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    child.stdin?.end();
  });
}

describe('without a terminal', () => {
  it('peel prints a summary in plain text', async () => {
    const { status, stdout, stderr } = await run(['--sample']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    expect(stdout).toMatch(/^peel\/sample:latest  linux\/amd64  8 layers$/m);
    expect(stdout).toMatch(/^total +4\.7 MB +100\.0 %$/m);
    expect(stdout).toMatch(/^deleted +1\.1 MB +23\.5 %$/m);
    expect(stdout).toMatch(/^ +0 +2\.1 MB +809\.0 kB +ADD file:5f1c1a5e2b in \/$/m);
    expect(stdout).toMatch(
      /480\.0 kB +\/var\/lib\/apt\/lists\/main_binary-amd64_Packages +stored in 0, deleted in 7/,
    );
  });

  it('the summary is ASCII where the locale knows no more', async () => {
    const [utf8, ascii] = await Promise.all([run(['--sample']), run(['--sample'], { LC_ALL: 'C' })]);
    expect(ascii.stdout).toMatch(/^[\x0a\x20-\x7e]*$/);
    expect(ascii.stdout.split('\n')).toHaveLength(utf8.stdout.split('\n').length);
  });

  it('it says in one line that the disk is full', async () => {
    const full = await open('/dev/full', 'w');
    const child = spawn(process.execPath, [launcher, '--sample'], { stdio: ['ignore', full.fd, 'pipe'] });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    await once(child, 'close');
    await full.close();
    expect({ status: child.exitCode, said }).toEqual({
      status: 2,
      said: expect.stringMatching(/^peel: Cannot write to standard output: ENOSPC[^\n]*\n$/) as string,
    });
  });

  it('it writes the report to standard output on request, byte for byte the same each time', async () => {
    const [first, second] = await Promise.all([
      run(['--sample', '--json', '-']),
      run(['--sample', '--json', '-']),
    ]);
    expect(JSON.parse(first.stdout)).toMatchObject({
      schema: 'peel/1',
      image: { reference: 'peel/sample:latest' },
    });
    expect(second.stdout).toBe(first.stdout);
  });

  it('it asks for the name of an image', async () => {
    const { status, stdout, stderr } = await run([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^peel: .*IMAGE.*\n$/);
  });

  it.each([
    [['--no-such-option'], /--no-such-option/],
    [['one', 'two'], /one, two/],
    [['--sample', 'nginx'], /--sample/],
    [['/nonexistent/image.tar'], /\/nonexistent\/image\.tar/],
    [['--files', 'x.tar'], /--json/],
  ])('it says in one line what is wrong with %j', async (args, what) => {
    const { status, stdout, stderr } = await run(args, { DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^peel: [^\n]+\n$/);
    expect(stderr).toMatch(what);
  });

  it('it says what was tried where no daemon answers, in one line, in a terminal too', async () => {
    const env = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    const { status, stderr } = await run(['nginx:latest'], env);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^peel: [^\n]*\/nonexistent\/docker\.sock[^\n]*\n$/);
    await using peel = openPeel(['nginx:latest'], { env });
    await peel.screen.shows('/nonexistent/docker.sock');
  });
});

describe('on any output', () => {
  it.each(['--help', '-h'])('%s shows how peel is called', async (flag) => {
    const { status, stdout } = await run([flag]);
    expect(status).toBe(0);
    expect(stdout).toContain('peel --sample');
    expect(stdout).toContain('--json FILE');
  });

  it('--version says one version', async () => {
    const { status, stdout } = await run(['--version']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
