/** What may stand on the command line, and where it leads by its spelling alone. */
import { describe, expect, it } from 'vitest';
import { parseTarget, type Target } from '../../src/cli/target.ts';

describe('a target', () => {
  it.each<[string, Target]>([
    ['-', { kind: 'standard-input' }],
    ['nginx:1.27', { kind: 'name', name: 'nginx:1.27' }],
    ['localhost:5000/a/b', { kind: 'name', name: 'localhost:5000/a/b' }],
    // Images whose names begin like transports.
    ['docker:dind', { kind: 'name', name: 'docker:dind' }],
    ['podman:5', { kind: 'name', name: 'podman:5' }],
    ['docker://nginx:1', { kind: 'daemon', engine: 'docker', reference: 'nginx:1' }],
    ['docker-daemon:nginx:1', { kind: 'daemon', engine: 'docker', reference: 'nginx:1' }],
    ['podman://nginx', { kind: 'daemon', engine: 'podman', reference: 'nginx' }],
    ['docker-archive:a.tar', { kind: 'archive', rest: 'a.tar' }],
    ['docker-archive:a.tar:shop:1', { kind: 'archive', rest: 'a.tar:shop:1' }],
    ['docker-archive://a.tar', { kind: 'archive', rest: 'a.tar' }],
    ['docker-archive:///tmp/a.tar', { kind: 'archive', rest: '/tmp/a.tar' }],
    ['docker-archive:/tmp/a.tar', { kind: 'archive', rest: '/tmp/a.tar' }],
    ['oci-archive:a.tar:v1', { kind: 'archive', rest: 'a.tar:v1' }],
    ['oci:layout:v1', { kind: 'oci', rest: 'layout:v1' }],
    ['dir:folder', { kind: 'dir', rest: 'folder' }],
    ['file:///tmp/a%20b.tar', { kind: 'path', path: '/tmp/a b.tar' }],
    ['file://a.tar', { kind: 'path', path: 'a.tar' }],
    ['file:///tmp/100%', { kind: 'path', path: '/tmp/100%' }],
    ['./nginx', { kind: 'path', path: './nginx' }],
    ['/tmp/nginx', { kind: 'path', path: '/tmp/nginx' }],
    ['../nginx', { kind: 'path', path: '../nginx' }],
    ['nginx/', { kind: 'path', path: 'nginx/' }],
    ['.', { kind: 'path', path: '.' }],
    ['..', { kind: 'path', path: '..' }],
    ['shop.tar', { kind: 'path', path: 'shop.tar' }],
    ['shop.tgz', { kind: 'path', path: 'shop.tgz' }],
  ])('%s', (text, target) => {
    expect(parseTarget(text)).toEqual(target);
  });

  it.each(['docker://', 'oci:', 'file://'])('is nothing where nothing follows %s', (text) => {
    expect(() => parseTarget(text)).toThrow(`Nothing follows ${text}.`);
  });

  it.each([
    ['containers-storage:localhost/x', 'podman://localhost/x'],
    ['containers-storage:[overlay@/var/lib]shop:1', 'podman://shop:1'],
  ])('in the storage of Podman is asked of Podman: %s', (text, instead) => {
    expect(() => parseTarget(text)).toThrow(`: peel ${instead}`);
  });

  it('with a transport that nobody knows is told which there are', () => {
    expect(() => parseTarget('https://example.com/a')).toThrow(
      /^https:\/\/ is no transport that peel knows; these are: docker:\/\/ .*oci: .*file:\/\/$/,
    );
  });
});
