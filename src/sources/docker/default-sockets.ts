import { join } from 'node:path';
import { stringOrNull } from '../../image/json.ts';
import { DEFAULT_SOCKET } from './address.ts';

/** What of the system decides where sockets are. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/**
 * The sockets at which daemons listen that nobody has named, in the order in which they are tried; most of them are not
 * there. The docker CLI knows the first one alone: the others' installers make a context for it, or ask for DOCKER_HOST.
 */
export function defaultSockets({ env, home, platform }: Surroundings): string[] {
  const runtime = stringOrNull(env['XDG_RUNTIME_DIR']);
  const ofRuntime = (path: string) => (runtime === null ? [] : [join(runtime, path)]);
  const isMac = platform === 'darwin';
  return [
    DEFAULT_SOCKET,
    // A rootless Docker (dockerd-rootless.sh).
    ...ofRuntime('docker.sock'),
    // Docker Desktop: on macOS and, in the second place, on Linux.
    join(home, '.docker/run/docker.sock'),
    ...(isMac ? [] : [join(home, '.docker/desktop/docker.sock')]),
    ...(isMac ? [join(home, '.orbstack/run/docker.sock')] : []),
    // Colima, which takes the XDG folder where ~/.colima is not there.
    join(home, '.colima/default/docker.sock'),
    join(stringOrNull(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'colima/default/docker.sock'),
    // Rancher Desktop.
    join(home, '.rd/docker.sock'),
    ...podmanSockets({ env, home, platform }),
  ];
}

/** The sockets at which Podman's service listens that nobody has named. */
export function podmanSockets({ env, home, platform }: Surroundings): string[] {
  if (platform === 'darwin') return podmanMachine(env, home);
  const runtime = stringOrNull(env['XDG_RUNTIME_DIR']);
  return [...(runtime === null ? [] : [join(runtime, 'podman/podman.sock')]), '/run/podman/podman.sock'];
}

/** On macOS Podman runs in a virtual machine: where its socket is outside of it depends on the version. */
function podmanMachine(env: NodeJS.ProcessEnv, home: string): string[] {
  const temporary = stringOrNull(env['TMPDIR']);
  return [
    ...(temporary === null ? [] : [join(temporary, 'podman/podman-machine-default-api.sock')]),
    join(home, '.local/share/containers/podman/machine/podman.sock'),
  ];
}
