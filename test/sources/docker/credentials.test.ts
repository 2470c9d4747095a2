import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credentialsFor, registryAuth } from '../../../src/sources/docker/credentials.ts';
import { DockerConfig } from '../../harness/docker-config.ts';

const HUB = 'https://index.docker.io/v1/';
const SHOP = 'registry.example.com:5000';

let docker: DockerConfig;

beforeEach(() => {
  docker = new DockerConfig();
});

afterEach(() => docker[Symbol.dispose]());

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function credentials(reference: string, config: unknown) {
  docker.config(JSON.stringify(config));
  const env = { PATH: `${docker.folder}:${process.env['PATH'] ?? ''}` };
  return credentialsFor(reference, { folder: docker.folder, env });
}

describe('credentials in the configuration itself', () => {
  it('are those of the registry that the reference names', async () => {
    const auths = { [SHOP]: { auth: base64('ann:a:b') }, [HUB]: { auth: base64('hub:pass') } };
    expect(await credentials(`${SHOP}/tool:1`, { auths })).toEqual({
      username: 'ann',
      password: 'a:b',
      serveraddress: SHOP,
    });
    for (const reference of ['shop', 'team/shop:1', 'docker.io/team/shop', 'index.docker.io/shop']) {
      expect(await credentials(reference, { auths })).toEqual({
        username: 'hub',
        password: 'pass',
        serveraddress: HUB,
      });
    }
  });

  it('may stand under the registry’s URL', async () => {
    const auths = { [`https://${SHOP}/v1/`]: { auth: base64('ann:secret') } };
    expect(await credentials(`${SHOP}/tool`, { auths })).toMatchObject({
      username: 'ann',
      serveraddress: SHOP,
    });
  });

  it('may be a token, with the name of a user beside it', async () => {
    const auths = { [SHOP]: { auth: base64('ann:'), identitytoken: 'abc' } };
    expect(await credentials(`${SHOP}/tool`, { auths })).toEqual({
      username: 'ann',
      identitytoken: 'abc',
      serveraddress: SHOP,
    });
  });

  it.each([
    ['nobody has logged in', {}],
    ['somebody has, elsewhere', { auths: { 'other.example.com': { auth: base64('ann:secret') } } }],
    ['nothing is left of them', { auths: { [SHOP]: {} } }],
    ['they are something else', { auths: { [SHOP]: 7 } }],
  ])('are none where %s', async (_, config) => {
    expect(await credentials(`${SHOP}/tool`, config)).toBeNull();
  });

  it('are none where there is no configuration, or a broken one', async () => {
    const keychain = { folder: docker.folder, env: {} };
    expect(await credentialsFor('shop', keychain)).toBeNull();
    docker.config('{');
    expect(await credentialsFor('shop', keychain)).toBeNull();
  });
});

describe('credentials that a helper keeps', () => {
  /** `docker-credential-keeper`, which answers `get` for one server. */
  function keeper(server: string, answer: string): void {
    const path = join(docker.folder, 'docker-credential-keeper');
    const script = `read -r asked\n[ "$1 $asked" = "get ${server}" ] || exit 1\necho '${answer}'\n`;
    writeFileSync(path, `#!/bin/sh\n${script}`);
    chmodSync(path, 0o755);
  }

  it('are asked for by the registry’s name', async () => {
    keeper(SHOP, '{"ServerURL":"x","Username":"ann","Secret":"geheim"}');
    expect(await credentials(`${SHOP}/tool`, { credHelpers: { [SHOP]: 'keeper' } })).toEqual({
      username: 'ann',
      password: 'geheim',
      serveraddress: SHOP,
    });
  });

  it('are asked for by Docker Hub’s old URL; one helper may keep all', async () => {
    keeper(HUB, '{"Username":"ann","Secret":"geheim"}');
    expect(await credentials('shop', { credsStore: 'keeper' })).toMatchObject({ serveraddress: HUB });
  });

  it('are a token where the user is called so', async () => {
    keeper(SHOP, '{"Username":"<token>","Secret":"abc"}');
    expect(await credentials(`${SHOP}/tool`, { credsStore: 'keeper' })).toEqual({
      identitytoken: 'abc',
      serveraddress: SHOP,
    });
  });

  it('are none where it knows none, says something else, or is not there', async () => {
    keeper('elsewhere', '{}');
    expect(await credentials(`${SHOP}/tool`, { credsStore: 'keeper' })).toBeNull();
    keeper(SHOP, 'credentials not found');
    expect(await credentials(`${SHOP}/tool`, { credsStore: 'keeper' })).toBeNull();
    expect(await credentials(`${SHOP}/tool`, { credsStore: 'nobody' })).toBeNull();
  });
});

it('go to the daemon as base64 for URLs, padded', () => {
  const header = registryAuth({ username: 'a', password: '???>>>', serveraddress: SHOP });
  expect(header).toMatch(/^[\w-]+={0,2}$/);
  expect(header.length % 4).toBe(0);
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ password: '???>>>' });
});
