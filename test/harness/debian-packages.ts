// What the daemon tests need and a bare Debian lacks: in CI it is installed here, by name of the command, so that
// a machine on which nothing was prepared by hand runs every test. Elsewhere nothing is ever installed.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Command → the Debian package that brings it. */
const packageOf = {
  dockerd: 'docker.io',
  debootstrap: 'debootstrap',
  skopeo: 'skopeo',
  umoci: 'umoci',
  podman: 'podman',
  newuidmap: 'uidmap',
  buildah: 'buildah',
  tmux: 'tmux',
  screen: 'screen',
} as const;

/** A command that `provide` can install. */
export type Installable = keyof typeof packageOf;

/** Where a command lies, or null. The folders of root's commands count even where they are not on PATH. */
export function findCommand(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** True for root: starting a daemon and making device files need it. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The line that tells why apt failed, without what may stand in a mirror's address before the `@`. */
function firstError(complaints: string, error: Error): string {
  const line = complaints.split('\n').find((candidate) => candidate.startsWith('E:'));
  return (line ?? error.message).replace(/\/\/[^/@\s]*@/g, '//');
}

/** Null if it went well, else why not. Without standard input, so that it can ask nothing. */
async function apt(...args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(
      'apt-get',
      ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args],
      { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 << 20 },
      (error, _output, complaints) => {
        resolve(error === null ? null : `apt-get ${args[0] ?? ''} failed: ${firstError(complaints, error)}`);
      },
    );
    child.stdin?.end();
  });
}

/**
 * Sees to it that the commands are there. Installs what is missing only in CI, on Debian, as root.
 * @returns null when all of them are there, else one line that says what is missing and why it stays so.
 */
export async function provide(...commands: Installable[]): Promise<string | null> {
  const missing = commands.filter((command) => findCommand(command) === null);
  if (missing.length === 0) return null;
  const absent = `${missing.join(' and ')} not found`;
  if (!process.env['CI']) return `${absent} (Debian: apt-get install ${packages(missing)})`;
  if (!isRoot() || !existsSync('/etc/debian_version')) return `${absent}, and this is not Debian as root`;
  const failure =
    (await apt('update')) ??
    (await apt('install', '-y', '--no-install-recommends', ...packages(missing).split(' ')));
  if (failure !== null) return `${absent}; ${failure}`;
  return missing.every((command) => findCommand(command) !== null)
    ? null
    : `${absent}, even after installing`;
}

function packages(commands: readonly Installable[]): string {
  return commands.map((command) => packageOf[command]).join(' ');
}
