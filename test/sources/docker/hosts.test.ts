import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpointsToTry, type NamedDaemon, NONE_NAMED } from '../../../src/sources/docker/hosts.ts';
import { CERTIFICATES } from '../../harness/daemon-doors.ts';
import { DockerConfig } from '../../harness/docker-config.ts';

let config: DockerConfig;

beforeEach(() => {
  config = new DockerConfig()
    .context('one', { Host: 'tcp://one:1' })
    .context('two', { Host: 'tcp://two:2' })
    .context('three', { Host: 'tcp://three:3' });
});

afterEach(() => config[Symbol.dispose]());

const endpoints = (env: NodeJS.ProcessEnv, named: Partial<NamedDaemon> = {}) =>
  endpointsToTry({ ...NONE_NAMED, ...named }, { DOCKER_CONFIG: config.folder, HOME: '/home/me', ...env });
const hosts = async (env: NodeJS.ProcessEnv, named: Partial<NamedDaemon> = {}) =>
  (await endpoints(env, named)).map(({ host }) => host);

describe('the daemon that is meant', () => {
  const FLAG = { host: 'tcp://flag:9' };
  const HOST = { DOCKER_HOST: 'tcp://env:9' };
  const CONTEXT = { DOCKER_CONTEXT: 'two' };

  it('is the flag’s before all that is in the environment', async () => {
    config.use('three');
    expect(await hosts({ ...HOST, ...CONTEXT }, FLAG)).toEqual(['tcp://flag:9']);
    expect(await hosts({ ...HOST, ...CONTEXT }, { context: 'one' })).toEqual(['tcp://one:1']);
  });

  it('is DOCKER_HOST’s before any context', async () => {
    config.use('three');
    expect(await hosts({ ...HOST, ...CONTEXT })).toEqual(['tcp://env:9']);
  });

  it('is that of DOCKER_CONTEXT before that of the context in use', async () => {
    config.use('three');
    expect(await hosts(CONTEXT)).toEqual(['tcp://two:2']);
    expect(await hosts({ DOCKER_HOST: '', DOCKER_CONTEXT: '' })).toEqual(['tcp://three:3']);
    expect(await hosts({ ...CONTEXT, DOCKER_HOST: ' ' })).toEqual(['tcp://two:2']);
  });

  it('is one of the default sockets where nothing names it', async () => {
    const tried = await hosts({});
    expect(tried[0]).toBe('unix:///var/run/docker.sock');
    expect(tried).toContain('unix:///home/me/.docker/run/docker.sock');
  });

  it('is no context’s where the context is called default', async () => {
    config.use('three');
    expect((await hosts({ DOCKER_CONTEXT: 'default' }))[0]).toBe('unix:///var/run/docker.sock');
    expect((await hosts({}, { context: 'default' }))[0]).toBe('unix:///var/run/docker.sock');
    config.use('default');
    expect((await hosts({}))[0]).toBe('unix:///var/run/docker.sock');
  });

  it('is told with its context’s name', async () => {
    expect(await endpoints({}, { context: 'one' })).toMatchObject([{ host: 'tcp://one:1', context: 'one' }]);
    expect(await endpoints(HOST)).toMatchObject([{ context: null }]);
  });

  it('is the default one of a context without a host', async () => {
    config.context('bare', {});
    expect(await hosts({ DOCKER_CONTEXT: 'bare' })).toEqual(['unix:///var/run/docker.sock']);
  });

  it('cannot be named in two ways on the command line', async () => {
    await expect(endpoints({}, { ...FLAG, context: 'one' })).rejects.toMatchObject({ code: 'arguments' });
  });

  it('cannot be in a context that is not there: who names it is told', async () => {
    await expect(endpoints({}, { context: 'gone' })).rejects.toThrow('"gone", which --context names');
    await expect(endpoints({ DOCKER_CONTEXT: 'gone' })).rejects.toThrow('"gone", which DOCKER_CONTEXT names');
    config.use('gone');
    await expect(endpoints({})).rejects.toThrow(`which ${join(config.folder, 'config.json')} names`);
  });

  it('may have blanks around its name', async () => {
    expect(await hosts({ DOCKER_HOST: ' tcp://env:9\n' })).toEqual(['tcp://env:9']);
  });
});

describe('TLS', () => {
  const pem = (name: string) => readFileSync(join(CERTIFICATES, name));
  const ALL = { ca: pem('ca.pem'), cert: pem('cert.pem'), key: pem('key.pem') };
  const tls = async (env: NodeJS.ProcessEnv, named: Partial<NamedDaemon> = {}) =>
    (await endpoints({ DOCKER_CERT_PATH: CERTIFICATES, ...env }, named))[0]?.tls;

  it('is spoken where DOCKER_TLS_VERIFY is set, with what DOCKER_CERT_PATH holds', async () => {
    expect(await tls({ DOCKER_HOST: 'tcp://h', DOCKER_TLS_VERIFY: '1' })).toEqual({ ...ALL, verifies: true });
    expect(await tls({ DOCKER_TLS_VERIFY: '1' }, { host: 'tcp://h' })).toEqual({ ...ALL, verifies: true });
    expect(await tls({ DOCKER_HOST: 'tcp://h', DOCKER_TLS: '1' })).toEqual({ ...ALL, verifies: false });
    expect(await tls({ DOCKER_HOST: 'tcp://h' })).toBeNull();
  });

  it('is spoken to localhost where it is asked for and no host is named', async () => {
    expect(await hosts({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: CERTIFICATES })).toEqual([
      'tcp://localhost:2376',
    ]);
  });

  it('is not spoken over a socket, over ssh, or where http is asked for', async () => {
    for (const host of ['unix:///x', 'ssh://h', 'http://h']) {
      expect(await tls({ DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' })).toBeNull();
    }
  });

  it('is spoken where https is asked for, to anybody whom Node trusts', async () => {
    expect(await tls({ DOCKER_HOST: 'https://h', DOCKER_CERT_PATH: '' })).toEqual({
      ca: null,
      cert: null,
      key: null,
      verifies: true,
    });
    expect(await tls({ DOCKER_HOST: 'https://h' })).toEqual({ ...ALL, verifies: true });
  });

  it('takes its certificates from the CLI’s folder where DOCKER_CERT_PATH names none', async () => {
    const env = { DOCKER_HOST: 'tcp://h', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '' };
    await expect(endpoints(env)).rejects.toMatchObject({
      code: 'file',
      message: expect.stringContaining(`there is no ${join(config.folder, 'ca.pem')}`) as string,
    });
    expect(await tls({ ...env, DOCKER_CONFIG: CERTIFICATES })).toEqual({ ...ALL, verifies: true });
  });

  it('of a context is its own, whatever the environment says', async () => {
    config.context('safe', { Host: 'tcp://safe:1' }, { 'ca.pem': 'CA' });
    const verify = { DOCKER_TLS_VERIFY: '1' };
    expect(await tls(verify, { context: 'safe' })).toMatchObject({ ca: Buffer.from('CA'), cert: null });
    expect(await tls(verify, { context: 'one' })).toBeNull();
  });
});
