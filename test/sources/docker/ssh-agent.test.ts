import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { runAsConnection, sshArguments } from '../../../src/sources/docker/ssh-agent.ts';
import { isRunning } from '../../harness/daemon-doors.ts';

const PLAIN = { user: null, hostname: 'there', port: null, socketPath: null };

describe('what ssh is started with', () => {
  it('is the host, and docker’s own way to its daemon', () => {
    expect(sshArguments(PLAIN)).toEqual(['-T', '--', 'there', 'docker', 'system', 'dial-stdio']);
  });

  it('is the user and the port where they are named', () => {
    const args = sshArguments({ ...PLAIN, user: 'me', port: 2222 });
    expect(args.slice(0, 7)).toEqual(['-T', '-l', 'me', '-p', '2222', '--', 'there']);
  });

  it('is the socket, in quotes for the shell over there', () => {
    expect(sshArguments({ ...PLAIN, socketPath: "/it's $HOME/x.sock" })).toContain(
      `'--host=unix:///it'\\''s $HOME/x.sock'`,
    );
  });

  it('never takes a host for an option', () => {
    const args = sshArguments({ ...PLAIN, hostname: '-oProxyCommand=date' });
    expect(args.indexOf('-oProxyCommand=date')).toBeGreaterThan(args.indexOf('--'));
  });
});

const node = (script: string) => runAsConnection(process.execPath, ['-e', script]);

describe('a program for a connection', () => {
  it('gets what is written and is heard, byte for byte, to its end', async () => {
    const connection = node('process.stdin.pipe(process.stdout)');
    const sent = 'ä'.repeat(1_000_000);
    connection.end(sent);
    expect(await text(connection)).toBe(sent);
  });

  it('waits for whoever reads', async () => {
    const connection = node('process.stdout.write("x".repeat(10_000_000))');
    await once(connection, 'readable');
    expect(connection.readableLength).toBeLessThan(1_000_000);
    expect(await text(connection)).toHaveLength(10_000_000);
  });

  it('fails with the last thing the program says, when that is no answer', async () => {
    const connection = node('console.error("one\\ntwo\\n"); process.exit(3)');
    await expect(text(connection)).rejects.toThrow(/^two$/);
  });

  it('fails though something is being written to it', async () => {
    const connection = node('process.exit(3)');
    connection.write('x'.repeat(1_000_000));
    await expect(text(connection)).rejects.toThrow(/ended with status 3$/);
  });

  it('ends the program when it is given up in the middle', async () => {
    // The program tells the number of its process, and would stay for ever.
    const connection = node('console.log(process.pid); setInterval(() => undefined, 1000)');
    const [pid] = (await once(connection, 'data')) as [Buffer];
    connection.destroy();
    await once(connection, 'close');
    await expect.poll(() => isRunning(Number(pid)), { timeout: 30_000 }).toBe(false);
  });
});
