// A Docker engine newer than the machine's own, with either of its two stores: a newer Debian is put into a folder once,
// in about a minute, and its dockerd runs with that folder for its root.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, mirror } from './debian-base.ts';
import { isRoot, provide } from './debian-packages.ts';
import { type Daemon, startDaemon } from './dockerd.ts';
import { run } from './run.ts';

/** The first release of Debian with Docker 28. */
const suite = 'forky';

/** Older debootstraps do not know the name; its release is made like any of these years. */
const script = '/usr/share/debootstrap/scripts/sid';

/** Where the engine keeps images: in graph drivers, as it always has, or in containerd's store, as new installations do. */
export type Store = 'graph drivers' | 'containerd';

/**
 * The folder with the newer Debian.
 * @throws Error in one line when it cannot be made here
 */
async function modernDebian(): Promise<string> {
  const kept = join(cacheFolder, `docker-${suite}-${arch()}`);
  if (existsSync(kept)) return kept;
  const obstacle = isRoot() ? await provide('debootstrap') : 'only root can run debootstrap';
  if (obstacle !== null) throw new Error(obstacle);
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(`${kept}-`);
  try {
    const root = join(folder, 'root');
    const [from = 'http://deb.debian.org/debian'] = await mirror();
    await run(
      'debootstrap',
      '--variant=minbase',
      '--include=docker.io,docker-cli,docker-buildx',
      suite,
      root,
      from,
      script,
    );
    await run('sh', '-c', 'rm -f "$1"/var/cache/apt/archives/*.deb', 'sh', root);
    renameSync(root, kept);
    return kept;
  } finally {
    // Should debootstrap have failed with something mounted in there, that is not ours to remove.
    await run('rm', '-rf', '--one-file-system', folder).catch(() => '');
  }
}

/** The newer engine, and its own client. */
export interface ModernDaemon extends Daemon {
  readonly host: string;
  /** The engine's own folder, which its client sees as /srv. It goes with the engine. */
  readonly folder: string;
  /**
   * Runs `docker ...args` of the newer Debian.
   * @throws Error with all that it said when it fails
   */
  docker(args: readonly string[], input: Readable): Promise<void>;
}

/** What runs a command of the newer Debian ($1) with the daemon's folder ($2) as its /srv. */
const inside = `
mount --bind "$2" "$1/srv"
mount -t tmpfs tmpfs "$1/tmp"
root=$1
shift 2
exec chroot "$root" env HOME=/tmp DOCKER_HOST=unix:///srv/docker.sock docker "$@"`;

/**
 * Starts the newer engine.
 * @throws Error when it cannot be had here, or with its last words if it does not come up
 */
export async function startModernDaemon(store: Store): Promise<ModernDaemon> {
  const root = await modernDebian();
  const config = { features: { 'containerd-snapshotter': store === 'containerd' } };
  const daemon = await startDaemon({ root, config });
  if (daemon.host === null) throw new Error(daemon.reason);
  const folder = dirname(daemon.host.slice('unix://'.length));
  const docker = async (args: readonly string[], input: Readable): Promise<void> => {
    const unshared = ['--mount', '--propagation', 'private', 'sh', '-euc', inside, 'docker', root, folder];
    const child = spawn('unshare', [...unshared, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    // Who has read enough closes the pipe; whether that was an error, the exit status says.
    pipeline(input, child.stdin).catch(() => undefined);
    const [status, printed, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (status !== 0) throw new Error(`docker ${args.join(' ')} failed: ${printed}${complaints}`);
  };
  return { ...daemon, host: daemon.host, folder, docker };
}
