import { isObject, objects, stringOrNull } from '../../image/json.ts';

/** Who answered. */
export interface DaemonIdentity {
  readonly host: string;
  readonly name: 'Docker' | 'Podman';
  readonly version: string | null;
  /** How it keeps its images: the name of its graph driver, or that it is containerd's store. */
  readonly store: string | null;
}

/** What `DriverStatus` says where images are kept by containerd. */
const CONTAINERD_DRIVER = 'io.containerd.snapshotter.v1';

/** Reads the answers to `/version` and `/info`; null when the first one is none. */
export function parseIdentity(host: string, version: unknown, info: unknown): DaemonIdentity | null {
  if (!isObject(version)) return null;
  const isPodman = objects(version['Components']).some((component) =>
    (stringOrNull(component['Name']) ?? '').startsWith('Podman'),
  );
  // What follows a plus tells who built it (Debian: 20.10.24+dfsg1).
  const release = stringOrNull(version['Version'])?.split('+')[0] ?? null;
  return { host, name: isPodman ? 'Podman' : 'Docker', version: release, store: storeOf(info) };
}

/** Whether the answer to `/info` says that images are kept by containerd. */
export function isContainerd(info: unknown): boolean {
  const status: unknown = isObject(info) ? info['DriverStatus'] : null;
  return (
    Array.isArray(status) &&
    status.some((pair) => Array.isArray(pair) && pair[0] === 'driver-type' && pair[1] === CONTAINERD_DRIVER)
  );
}

function storeOf(info: unknown): string | null {
  if (!isObject(info)) return null;
  const driver = stringOrNull(info['Driver']);
  if (!isContainerd(info)) return driver;
  return driver === null ? 'containerd' : `containerd ${driver}`;
}

/** In one line: `Docker 20.10.24 · overlay2 · unix:///var/run/docker.sock`. */
export function formatIdentity({ host, name, version, store }: DaemonIdentity): string {
  const release = version === null ? name : `${name} ${version}`;
  return [release, store, host].filter((part) => part !== null).join(' · ');
}
