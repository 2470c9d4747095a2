import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configFolder, currentContext, readContext } from '../../../src/sources/docker/contexts.ts';
import { DockerConfig } from '../../harness/docker-config.ts';

let config: DockerConfig;

beforeEach(() => {
  config = new DockerConfig();
});

afterEach(() => config[Symbol.dispose]());

const read = (name: string) => readContext(config.folder, name, 'DOCKER_CONTEXT');

describe('the folder of the docker CLI', () => {
  it('is what DOCKER_CONFIG says, else ~/.docker', () => {
    expect(configFolder({ DOCKER_CONFIG: '/etc/docker-cli' }, '/home/me')).toBe('/etc/docker-cli');
    expect(configFolder({ DOCKER_CONFIG: '' }, '/home/me')).toBe('/home/me/.docker');
    expect(configFolder({}, '/home/me')).toBe('/home/me/.docker');
  });
});

describe('the context in use', () => {
  it('is what config.json says', async () => {
    expect(await currentContext(config.use('far-away').folder)).toBe('far-away');
  });

  it.each(['{}', '{"currentContext":""}', '{"currentContext":7}', '[]', '', '{"currentContext":'])(
    'is none where config.json is %s',
    async (text) => {
      expect(await currentContext(config.config(text).folder)).toBeNull();
    },
  );

  it('is none without a config.json, or with one that cannot be read', async () => {
    expect(await currentContext(config.folder)).toBeNull();
    mkdirSync(join(config.folder, 'config.json'));
    expect(await currentContext(config.folder)).toBeNull();
  });
});

describe('a context', () => {
  it('names the host of its docker endpoint', async () => {
    config.context('far-away', { Host: 'ssh://me@build-host', SkipTLSVerify: false });
    expect(await read('far-away')).toEqual({ host: 'ssh://me@build-host', tls: null });
  });

  it('brings its own TLS material', async () => {
    config.context(
      'safe',
      { Host: 'tcp://h:2376' },
      { 'ca.pem': 'CA', 'cert.pem': 'CERT', 'key.pem': 'KEY' },
    );
    expect(await read('safe')).toEqual({
      host: 'tcp://h:2376',
      tls: { ca: Buffer.from('CA'), cert: Buffer.from('CERT'), key: Buffer.from('KEY'), verifies: true },
    });
  });

  it('may take the daemon as it is: that is TLS too', async () => {
    config.context('trusting', { Host: 'tcp://h:2376', SkipTLSVerify: true });
    expect(await read('trusting')).toEqual({
      host: 'tcp://h:2376',
      tls: { ca: null, cert: null, key: null, verifies: false },
    });
  });

  it('may leave its host out', async () => {
    config.context('plain', {});
    expect(await read('plain')).toEqual({ host: '', tls: null });
  });

  it('that is not there is told of by name, with who names it and what to do', async () => {
    await expect(read('gone')).rejects.toMatchObject({
      code: 'arguments',
      message: `The Docker context "gone", which DOCKER_CONTEXT names, is not in ${join(config.folder, 'contexts')}: see docker context ls, then docker context use NAME, or peel --context NAME.`,
    });
  });

  it('may have any name, without leading out of its folder', async () => {
    await expect(read('../../etc')).rejects.toThrow('"../../etc"');
  });

  it.each(['{}', '[]', 'null', '{"Endpoints":{"kubernetes":{"Host":"x"}}}', '{"Endpoints":{"docker":', ''])(
    'leads to no Docker where its meta.json is %s',
    async (text) => {
      config.meta('odd', text);
      await expect(read('odd')).rejects.toMatchObject({
        code: 'arguments',
        message: expect.stringContaining(
          '"odd", which DOCKER_CONTEXT names, has no docker endpoint',
        ) as string,
      });
    },
  );

  it('whose key cannot be read says so', async () => {
    config.context('broken', { Host: 'tcp://h:2376' }, { 'key.pem/x': 'a folder where a file should be' });
    await expect(read('broken')).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(/^Cannot read .*\/key\.pem: /) as string,
    });
  });
});
