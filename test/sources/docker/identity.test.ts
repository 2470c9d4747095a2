import { describe, expect, it } from 'vitest';
import { formatIdentity, parseIdentity } from '../../../src/sources/docker/identity.ts';

const HOST = 'unix:///var/run/docker.sock';
const DOCKER = { Version: '20.10.24+dfsg1', Components: [{ Name: 'Engine' }, { Name: 'containerd' }] };
const PODMAN = { Version: '4.3.1', Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }] };
const OVERLAY2 = { Driver: 'overlay2', DriverStatus: [['Backing Filesystem', 'extfs']] };
const CONTAINERD = {
  Driver: 'overlayfs',
  DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
};

const line = (version: unknown, info: unknown): string | null => {
  const identity = parseIdentity(HOST, version, info);
  return identity === null ? null : formatIdentity(identity);
};

describe('who answered', () => {
  it.each<[string, unknown, unknown, string]>([
    ['a Docker with a graph driver', DOCKER, OVERLAY2, `Docker 20.10.24 · overlay2 · ${HOST}`],
    ['one with containerd’s store', DOCKER, CONTAINERD, `Docker 20.10.24 · containerd overlayfs · ${HOST}`],
    ['a Podman', PODMAN, { Driver: 'overlay', DriverStatus: [] }, `Podman 4.3.1 · overlay · ${HOST}`],
    ['one that tells little', {}, null, `Docker · ${HOST}`],
    [
      'one with odd answers',
      { Version: 7, Components: 'x' },
      { DriverStatus: [null, 'x'] },
      `Docker · ${HOST}`,
    ],
  ])('is %s', (_, version, info, text) => {
    expect(line(version, info)).toBe(text);
  });

  it.each([null, undefined, 'OK', []])('is unknown where the version is %j', (version) => {
    expect(line(version, OVERLAY2)).toBeNull();
  });
});
