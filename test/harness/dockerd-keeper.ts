// A process of its own that starts a private dockerd, and takes it away again when its standard input ends.
// The input is a pipe from whoever wanted the daemon, so however that process goes (done, ^C, SIGKILL),
// the daemon goes with it. It runs in a session of its own: a ^C in the terminal does not reach it.
//
//   node dockerd-keeper.ts FOLDER           FOLDER is the daemon's own, and removed at the end
//   node dockerd-keeper.ts FOLDER ROOT      the dockerd that is installed in the Debian system in the folder ROOT
//
// Where FOLDER holds a daemon.json, that is the daemon's configuration.
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [folder, root] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: dockerd-keeper.ts FOLDER [ROOT]');

// A minimal machine may have no control groups mounted; dockerd does not start without.
const groups = 'mountpoint -q /sys/fs/cgroup || mount -t cgroup2 cgroup2 /sys/fs/cgroup';

// `exec` keeps one process id from unshare to dockerd, so a signal reaches the daemon itself.
const here = `${groups}; exec dockerd "$@"`;

// dockerd unpacks layers in processes of its own that change their root; they fail unless the root they come from is a
// mount. So the other system becomes the root of this namespace, with the daemon's folder where it is: what the daemon
// says of its files holds outside too.
const elsewhere = `
set -e
${groups}
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mkdir -p ".$2"
mount --bind "$2" ".$2"
shift 2
pivot_root . mnt
umount -l /mnt
exec chroot . dockerd "$@"`;

// In a mount namespace of its own, whatever dockerd leaves mounted vanishes with its last process.
const command = [
  ...['--mount', '--propagation', 'private', 'sh', '-c'],
  ...(root === undefined ? [here, 'dockerd'] : [elsewhere, 'dockerd', root, folder]),
];

const configured = existsSync(join(folder, 'daemon.json'))
  ? ['--config-file', join(folder, 'daemon.json')]
  : [];

const log = join(folder, 'log');
const output = openSync(log, 'a');
const daemon = spawn(
  'unshare',
  [
    ...command,
    // No network of its own: nothing on the machine changes. Builds use the machine's (`network: host`).
    ...['--iptables=false', '--bridge=none'],
    ...['--data-root', join(folder, 'root'), '--exec-root', join(folder, 'exec')],
    ...['--pidfile', join(folder, 'pid'), '-H', `unix://${join(folder, 'docker.sock')}`],
    ...configured,
    // Should dockerd find a containerd that serves others, it must not touch what is theirs.
    ...['--containerd-namespace', 'peel-test', '--containerd-plugins-namespace', 'peel-test-plugins'],
  ],
  {
    stdio: ['ignore', output, output],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  },
);

let asked = false;
function stop(): void {
  if (asked) return;
  asked = true;
  daemon.kill('SIGTERM');
  // A daemon that hangs in its own shutdown must not outlive the tests either.
  setTimeout(() => daemon.kill('SIGKILL'), 60_000).unref();
}

process.stdin.on('end', stop).on('error', stop).resume();
process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);

daemon.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

daemon.on('close', () => {
  if (!asked) {
    // Its last line is the reason; whoever started us shows it.
    process.stderr.write(`${readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? 'dockerd ended'}\n`);
    process.exitCode = 1;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.stdin.destroy();
});
