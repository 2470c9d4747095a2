import { describe, expect, it } from 'vitest';
import {
  familiarName,
  isCalled,
  isIdOf,
  mayBeId,
  nearestNames,
  registryOf,
  remoteName,
  withTag,
} from '../../src/image/reference.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('a reference without a tag', () => {
  it.each([
    ['nginx', 'nginx:latest'],
    ['library/nginx', 'library/nginx:latest'],
    ['ghcr.io/owner/name', 'ghcr.io/owner/name:latest'],
    ['localhost:5000/name', 'localhost:5000/name:latest'],
    ['registry.example:5000/a/b', 'registry.example:5000/a/b:latest'],
    // Hexadecimal, but too short for what `docker images` prints, or with a letter beyond f.
    ['cafe', 'cafe:latest'],
    ['cafebabecafg', 'cafebabecafg:latest'],
    ['a'.repeat(65), `${'a'.repeat(65)}:latest`],
  ])('%s means %s', (reference, whole) => {
    expect(withTag(reference)).toBe(whole);
  });
});

describe('a reference that says which one', () => {
  it.each([
    'nginx:1.27',
    'localhost:5000/name:1.0',
    `nginx@${DIGEST}`,
    `nginx:1.27@${DIGEST}`,
    `localhost:5000/name@${DIGEST}`,
    DIGEST,
    DIGEST.slice('sha256:'.length),
    '0123456789ab',
    'sha256:0123456789ab',
  ])('stays as it is: %s', (reference) => {
    expect(withTag(reference)).toBe(reference);
  });
});

describe('the names offered for one that is not there', () => {
  const names = ['debian:bookworm', 'debian:latest', 'shop:latest', 'nginx:1.27', 'myorg/nginx-proxy:2'];

  it('begin with the nearest', () => {
    expect(nearestNames('debain', names)[0]).toBe('debian:latest');
    expect(nearestNames('debian:bookwurm', names)[0]).toBe('debian:bookworm');
  });

  it('take those that contain what was asked for', () => {
    expect(nearestNames('nginx', names)).toContain('nginx:1.27');
    expect(nearestNames('nginx', names)).not.toContain('shop:latest');
  });

  it('do not mind the registry that Podman writes in front of a name without one', () => {
    const podman = ['localhost/shop:1', 'docker.io/library/debian:bookworm', 'quay.io/other/thing:1'];
    expect(nearestNames('shopp:1', podman)).toEqual(['localhost/shop:1']);
    expect(nearestNames('debian:bookwurm', podman)).toEqual(['docker.io/library/debian:bookworm']);
  });

  it('are none for a name that merely has a tag in common, or a letter', () => {
    for (const wanted of ['nope', 'help', 'plain', 'e', 'web2000'])
      expect(nearestNames(wanted, ['trial/web:latest', 'a:latest'])).toEqual([]);
  });

  it('are near by the last part of their path, and by a digest no more than without it', () => {
    expect(nearestNames('webb', ['trial/web:latest', 'trial/app:latest'])).toEqual(['trial/web:latest']);
    expect(nearestNames('trial/wbe', ['trial/web:latest'])).toEqual(['trial/web:latest']);
    expect(nearestNames(`shop@${DIGEST}`, ['shop:1', 'tool:1'])).toEqual(['shop:1']);
  });

  it('do not mind capitals', () => {
    expect(nearestNames('NGINX:1.27', names)[0]).toBe('nginx:1.27');
  });

  it('are none where nothing is near', () => {
    expect(nearestNames('completely-different-thing', names)).toEqual([]);
    expect(nearestNames('nginx', [])).toEqual([]);
  });

  it('are three at most, or as many as are asked for, alike ones in the order of their names', () => {
    const many = ['app:5', 'app:1', 'app:4', 'app:2', 'app:3'];
    expect(nearestNames('app:9', many)).toEqual(['app:1', 'app:2', 'app:3']);
    expect(nearestNames('app:9', many, 2)).toEqual(['app:1', 'app:2']);
  });
});

describe('what may begin an ID', () => {
  it.each(['c', 'cafe', '0123456789ab', 'sha256:cafe'])('is hexadecimal, of any length: %s', (reference) => {
    expect(mayBeId(reference)).toBe(true);
  });

  it.each(['nginx', 'cafe:1', 'lib/cafe', 'CAFE', DIGEST, `nginx@${DIGEST}`, ''])(
    'is not %s',
    (reference) => {
      expect(mayBeId(reference)).toBe(false);
    },
  );

  it('is one where the image that was found by it begins so', () => {
    expect(isIdOf('0123', DIGEST)).toBe(true);
    expect(isIdOf('sha256:0123', DIGEST)).toBe(true);
    expect(isIdOf('0123', DIGEST.slice('sha256:'.length))).toBe(true);
    expect(isIdOf(DIGEST, DIGEST)).toBe(true);
    expect(isIdOf(DIGEST.slice('sha256:'.length), DIGEST)).toBe(true);
    expect(isIdOf('cafe', DIGEST)).toBe(false);
  });
});

describe('a stored name is the one that is wanted', () => {
  it.each([
    ['shop:1', 'shop:1'],
    ['shop:latest', 'shop'],
    ['docker.io/library/shop:1', 'shop:1'],
    ['docker.io/library/shop:latest', 'shop'],
    ['shop:1', 'docker.io/library/shop:1'],
    ['docker.io/me/shop:1', 'me/shop:1'],
    ['localhost/shop:1', 'shop:1'],
    ['v1', 'v1'],
  ])('%s by %s', (name, wanted) => {
    expect(isCalled(name, wanted)).toBe(true);
  });

  it.each([
    ['shop:1', 'shop'],
    ['shop:1', 'shop:2'],
    ['ghcr.io/shop:1', 'shop:1'],
    ['me/shop:1', 'shop:1'],
  ])('%s not by %s', (name, wanted) => {
    expect(isCalled(name, wanted)).toBe(false);
  });
});

describe('the registry that a reference leads to', () => {
  it.each([
    ['shop', 'docker.io'],
    ['team/shop:1', 'docker.io'],
    ['docker.io/shop', 'docker.io'],
    ['index.docker.io/team/shop', 'docker.io'],
    ['localhost/shop', 'localhost'],
    ['localhost:5000/team/shop:1', 'localhost:5000'],
    ['quay.io/team/shop@sha256:00', 'quay.io'],
    ['Registry/shop', 'Registry'],
  ])('of %s is %s', (reference, registry) => {
    expect(registryOf(reference)).toBe(registry);
  });
});

describe('what a registry is asked for', () => {
  const DIGEST = `sha256:${'0'.repeat(64)}`;

  it.each([
    ['shop', 'shop', 'latest'],
    ['localhost:5000/team/shop', 'localhost:5000/team/shop', 'latest'],
    ['localhost:5000/shop:1', 'localhost:5000/shop', '1'],
    [`shop@${DIGEST}`, 'shop', DIGEST],
    [`localhost:5000/shop:1@${DIGEST}`, 'localhost:5000/shop', DIGEST],
    ['cafe', 'cafe', 'latest'],
  ])('for %s is %s and %s', (reference, repository, tagOrDigest) => {
    expect(remoteName(reference)).toEqual({ repository, tagOrDigest });
  });

  it.each([DIGEST, '0'.repeat(64), '0123456789ab', 'sha256:0123'])('is nothing for the ID %s', (id) => {
    expect(remoteName(id)).toBeNull();
  });
});

describe('a name as Docker shows it', () => {
  it.each([
    ['docker.io/library/shop:1', 'shop:1'],
    ['docker.io/team/shop:1', 'team/shop:1'],
    ['docker.io/library/team/shop:1', 'library/team/shop:1'],
    ['index.docker.io/library/shop', 'shop'],
    ['localhost/shop:1', 'localhost/shop:1'],
    ['quay.io/library/shop:1', 'quay.io/library/shop:1'],
    ['docker.iorn/shop', 'docker.iorn/shop'],
  ])('for %s is %s', (name, familiar) => {
    expect(familiarName(name)).toBe(familiar);
  });
});
