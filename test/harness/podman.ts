// A private service of Podman's, root's or a user's own (rootless), with its images in a folder of its own.
import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { isRoot, provide } from './debian-packages.ts';
import { clientFor } from './dockerd.ts';

/** How long a service may take to answer, in milliseconds. It takes a second or two. */
const startLimit = 60_000;

/** A user that is nobody else's, and the numbers that stand for the others of its images. */
const rootlessUser = 47_110;
const subordinate = '100000000:5000000';

/** A service that is running. */
export interface PodmanService {
  /** As in DOCKER_HOST. */
  readonly host: string;
  /** Whose it is. */
  readonly user: number;
  /** Stops it and removes its images. */
  stop(): Promise<void>;
}

/** Why no service can be started here, in one line; null where one can. In CI Debian's package is installed first. */
export async function obstacleToPodman(): Promise<string | null> {
  return isRoot() ? provide('podman', 'newuidmap') : 'only root can start one for root and for another user';
}

// It ends with its input, however whoever holds that goes, and all that it has started ends with it: they are in a
// namespace of processes of their own. A user who is known, and has numbers to give away, is so in here alone.
const script = `
folder=$1 user=$2
shift 2
for name in passwd group subuid subgid; do
  if [ -e "$folder/$name" ]; then touch "/etc/$name"; mount --bind "$folder/$name" "/etc/$name"; fi
done
cd "$folder"
export HOME="$folder/home" XDG_CACHE_HOME="$folder/home/.cache" XDG_RUNTIME_DIR="$folder/run" STORAGE_DRIVER=overlay
setpriv --reuid "$user" --regid "$user" --clear-groups podman "$@" </dev/null &
cat`;

/**
 * Starts a service of Podman's.
 * @throws Error with its last words if it does not come up
 */
export async function startPodman(kind: 'root' | 'rootless'): Promise<PodmanService> {
  const user = kind === 'root' ? 0 : rootlessUser;
  const folder = mkdtempSync(join(tmpdir(), 'peel-podman-'));
  const file = (name: string, content: string) => writeFileSync(join(folder, name), content);
  for (const name of ['home', 'run']) mkdirSync(join(folder, name));
  for (const path of [folder, join(folder, 'home'), join(folder, 'run')]) chownSync(path, user, user);
  if (kind === 'rootless') {
    file(
      'passwd',
      `${readFileSync('/etc/passwd', 'utf8')}peel-podman:x:${user}:${user}::${folder}/home:/bin/sh\n`,
    );
    file('group', `${readFileSync('/etc/group', 'utf8')}peel-podman:x:${user}:\n`);
    for (const name of ['subuid', 'subgid']) file(name, `peel-podman:${subordinate}\n`);
  }
  const host = `unix://${join(folder, 'podman.sock')}`;
  const places = kind === 'root' ? ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')] : [];
  const child = spawn(
    'unshare',
    [
      ...['--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc'],
      ...['sh', '-c', script, 'sh', folder, String(user)],
      ...[...places, 'system', 'service', '-t', '0', host],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'], detached: true },
  );
  const closed = new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  const words = text(child.stderr);
  const stop = async () => {
    child.stdin.end();
    await closed;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const giveUp = performance.now() + startLimit;
  while (
    !(await clientFor(host, 10_000)
      .ping()
      .then(Boolean, () => false))
  ) {
    if (performance.now() > giveUp || child.exitCode !== null) {
      await stop();
      throw new Error(`podman did not answer: ${(await words).trim()}`);
    }
    await pause(50);
  }
  return { host, user, stop };
}
