import { describe, expect, it } from 'vitest';
import { defaultSockets } from '../../../src/sources/docker/default-sockets.ts';

describe('the sockets to try when no daemon is named', () => {
  it('on Linux begin with the system’s, and end with Podman’s', () => {
    const env = { XDG_RUNTIME_DIR: '/run/user/7', TMPDIR: '/private/tmp' };
    expect(defaultSockets({ env, home: '/home/me', platform: 'linux' })).toEqual([
      '/var/run/docker.sock',
      '/run/user/7/docker.sock',
      '/home/me/.docker/run/docker.sock',
      '/home/me/.docker/desktop/docker.sock',
      '/home/me/.colima/default/docker.sock',
      '/home/me/.config/colima/default/docker.sock',
      '/home/me/.rd/docker.sock',
      '/run/user/7/podman/podman.sock',
      '/run/podman/podman.sock',
    ]);
  });

  it('on macOS are those of its virtual machines', () => {
    const env = { TMPDIR: '/private/tmp' };
    expect(defaultSockets({ env, home: '/Users/me', platform: 'darwin' })).toEqual([
      '/var/run/docker.sock',
      '/Users/me/.docker/run/docker.sock',
      '/Users/me/.orbstack/run/docker.sock',
      '/Users/me/.colima/default/docker.sock',
      '/Users/me/.config/colima/default/docker.sock',
      '/Users/me/.rd/docker.sock',
      '/private/tmp/podman/podman-machine-default-api.sock',
      '/Users/me/.local/share/containers/podman/machine/podman.sock',
    ]);
  });

  it('leave out folders that the environment does not name', () => {
    const sockets = defaultSockets({ env: { XDG_RUNTIME_DIR: '' }, home: '/home/me', platform: 'linux' });
    expect(sockets).toHaveLength(7);
    expect(sockets.every((path) => path.startsWith('/'))).toBe(true);
  });

  it('follow the folder that the XDG rules name', () => {
    const sockets = defaultSockets({ env: { XDG_CONFIG_HOME: '/xdg' }, home: '/home/me', platform: 'linux' });
    expect(sockets).toContain('/xdg/colima/default/docker.sock');
  });
});
