// A daemon behind ssh. The `ssh` program itself is run, as the docker CLI does: what works on the command line works
// here (~/.ssh/config, jump hosts, agents, hardware keys), and nothing of it must be read by peel.

import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { stringOrNull } from '../../image/json.ts';
import { beforeEndingSignal } from '../../system/ending-signals.ts';
import type { SshDestination } from './address.ts';

/** Connections at once: sshd turns more than ten that are not through yet away at random (MaxStartups). */
const MAX_CONNECTIONS = 4;

/** So much of what ssh says is kept: its last line tells why it failed. */
const MAX_WORDS = 4096;

/** An agent for Node's HTTP client that speaks with the daemon over there: one ssh, and no more, for each request. */
export class SshAgent extends Agent {
  private readonly destination: SshDestination;

  constructor(destination: SshDestination) {
    super({ keepAlive: false, maxSockets: MAX_CONNECTIONS });
    this.destination = destination;
  }

  override createConnection(): Duplex {
    return runAsConnection('ssh', sshArguments(this.destination));
  }
}

/** What ssh is started with (docker/cli, cli/connhelper): no terminal over there, and docker's own way to its daemon. */
export function sshArguments({ user, hostname, port, socketPath }: SshDestination): string[] {
  return [
    '-T',
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    // A host that begins with a dash is none of ssh's options.
    '--',
    hostname,
    'docker',
    ...(socketPath === null ? [] : [quoted(`--host=unix://${socketPath}`)]),
    'system',
    'dial-stdio',
  ];
}

/** As one word for the shell over there, which ssh hands its arguments to. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A program whose standard input and output are a connection. It errs with the program's last words when the program
 * ends without a byte. It is ended only when it is destroyed in the middle, or peel itself is ended by a signal: an ssh
 * that has done its work may be the one that others share their connection with (ControlMaster), and ends by itself.
 */
export function runAsConnection(program: string, args: readonly string[]): Duplex {
  // In a session of its own it has no terminal to ask for passwords on: the screen is peel's.
  const child = spawn(program, args, { detached: true, stdio: 'pipe' });
  let hasAnswered = false;
  let hasEnded = false;
  let words = '';
  const end = () => {
    if (!hasEnded) child.kill();
  };
  // No signal that the terminal has for peel reaches the child's session.
  const forget = beforeEndingSignal(end);

  const connection = new Duplex({
    read: () => void child.stdout.resume(),
    // What breaks here, because ssh goes, is told by how it goes.
    write: (chunk, encoding, done) => void child.stdin.write(chunk, encoding, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy: (error, done) => {
      forget();
      end();
      // It may stay a while, for others: nobody waits for it.
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      done(error);
    },
  });

  child.stdout.on('data', (chunk: Buffer) => {
    hasAnswered = true;
    if (!connection.push(chunk)) child.stdout.pause();
  });
  child.stdout.on('end', () => {
    hasEnded = true;
    if (hasAnswered) connection.push(null);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MAX_WORDS);
  });
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => connection.destroy(new Error(`cannot run ${program}: ${error.message}`)));
  child.on('close', (status) => {
    if (hasAnswered) return;
    connection.destroy(new Error(lastLine(words) ?? `${program} ended with status ${status}`));
  });
  return connection;
}

function lastLine(text: string): string | null {
  return stringOrNull(text.trim().split('\n').at(-1)?.trim());
}
