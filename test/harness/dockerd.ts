// Finds a real Docker daemon for tests and benchmarks, or starts a private one. Knows nothing of vitest.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Docker from 'dockerode';
import { isRoot, provide } from './debian-packages.ts';

/** How long a private daemon may take to answer, in milliseconds. It takes one or two seconds. */
const startLimit = 90_000;

/** A daemon that may be used, or the reason why there is none. */
export interface Daemon {
  /** As in DOCKER_HOST (`unix:///run/docker.sock`), or null when there is none. */
  readonly host: string | null;
  /** One line: whose daemon it is, or everything that was tried in vain. */
  readonly reason: string;
  /** Stops the daemon and removes its folder if it is a private one. */
  stop(): Promise<void>;
}

/**
 * A client for a host as in DOCKER_HOST. Anything but a Unix socket must be what DOCKER_HOST itself says,
 * since dockerode reads the certificates that belong to it from the environment too.
 * @param timeout milliseconds after which a silent connection is given up; none when left out
 */
export function clientFor(host: string, timeout?: number): Docker {
  const limit = timeout === undefined ? {} : { timeout };
  return host.startsWith('unix://') ? new Docker({ socketPath: host.slice(7), ...limit }) : new Docker(limit);
}

/** Null if the daemon answers, else why not. */
async function ping(host: string): Promise<string | null> {
  try {
    await clientFor(host, 10_000).ping();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The daemon to use: one that can be reached (DOCKER_HOST, the default socket), else a private dockerd, for which
 * Debian's package is installed first in CI. Never throws: without a daemon, `host` is null and `reason` says why.
 */
export async function findDaemon(): Promise<Daemon> {
  const tried: string[] = [];
  const candidates = [process.env['DOCKER_HOST'], 'unix:///var/run/docker.sock'];
  for (const host of candidates) {
    if (host === undefined || host === '') continue;
    const failure = await ping(host);
    if (failure === null) return { host, reason: `the daemon at ${host}`, stop: () => Promise.resolve() };
    tried.push(failure.includes(host.replace('unix://', '')) ? failure : `${host}: ${failure}`);
  }
  const obstacle = process.platform !== 'linux' || !isRoot() ? 'only root on Linux can start one' : null;
  const missing = obstacle ?? (await provide('dockerd'));
  if (missing === null) {
    // An installed package may have started its service.
    const host = 'unix:///var/run/docker.sock';
    if ((await ping(host)) === null) {
      return { host, reason: `the daemon at ${host}`, stop: () => Promise.resolve() };
    }
    try {
      return await startDaemon();
    } catch (error) {
      tried.push(error instanceof Error ? error.message : String(error));
    }
  } else {
    tried.push(missing);
  }
  return { host: null, reason: `no Docker daemon: ${tried.join('; ')}`, stop: () => Promise.resolve() };
}

/** Another dockerd than the machine's own. */
export interface DaemonChoice {
  /** The folder of a Debian system that has it. */
  readonly root: string;
  /** Its configuration, as in daemon.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Starts a private dockerd in a folder of its own. It ends with `stop`, and also when this process goes in any way.
 * @throws Error with the daemon's last words if it does not come up
 */
export async function startDaemon(choice?: DaemonChoice): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-dockerd-'));
  const host = `unix://${join(folder, 'docker.sock')}`;
  if (choice !== undefined) writeFileSync(join(folder, 'daemon.json'), JSON.stringify(choice.config));
  const root = choice === undefined ? [] : [choice.root];
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'dockerd-keeper.ts'), folder, ...root], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let words = '';
  keeper.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  const ended = new Promise<true>((resolve) => {
    keeper.on('close', () => {
      resolve(true);
    });
    keeper.on('error', (error) => {
      words ||= error.message;
      resolve(true);
    });
  });
  const stop = async (): Promise<void> => {
    keeper.stdin.end();
    await ended;
  };

  const giveUp = performance.now() + startLimit;
  for (;;) {
    const failure = await ping(host);
    if (failure === null) return { host, reason: `a private daemon at ${host}`, stop };
    if (performance.now() > giveUp) {
      await stop();
      throw new Error(`dockerd did not answer within ${startLimit / 1000} s: ${failure}`);
    }
    const over = await Promise.race([pause(50, false), ended]);
    if (over) throw new Error(`dockerd did not start: ${words.trim()}`);
  }
}
