import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/sources/docker/address.ts';

const tcp = (hostname: string, port: number, more: Record<string, string> = {}) => ({
  kind: 'tcp',
  scheme: 'tcp',
  hostname,
  port,
  prefix: '',
  ...more,
});
const unix = (socketPath: string) => ({ kind: 'unix', socketPath });
const ssh = (hostname: string, more: Record<string, string | number> = {}) => ({
  kind: 'ssh',
  destination: { user: null, hostname, port: null, socketPath: null, ...more },
});

describe('the address of a daemon', () => {
  it.each<[string, unknown]>([
    ['unix:///run/docker.sock', unix('/run/docker.sock')],
    ['unix://relative.sock', unix('relative.sock')],
    ['unix://', unix('/var/run/docker.sock')],
    ['unix:///a b%20c.sock', unix('/a b%20c.sock')],
    ['/run/docker.sock', unix('/run/docker.sock')],
    ['./docker.sock', unix('./docker.sock')],
    ['tcp://10.0.0.1:2376', tcp('10.0.0.1', 2376)],
    ['tcp://build-host', tcp('build-host', 2375)],
    ['tcp://', tcp('localhost', 2375)],
    ['tcp://:2376', tcp('localhost', 2376)],
    ['tcp://[::1]:2375', tcp('::1', 2375)],
    ['tcp://[::1]', tcp('::1', 2375)],
    ['tcp://host:80', tcp('host', 80)],
    ['tcp://host:2375/behind/a/proxy/', tcp('host', 2375, { prefix: '/behind/a/proxy' })],
    ['build-host:2375', tcp('build-host', 2375)],
    ['http://host', tcp('host', 80, { scheme: 'http' })],
    ['https://host', tcp('host', 443, { scheme: 'https' })],
    ['https://host:2376', tcp('host', 2376, { scheme: 'https' })],
    ['ssh://build-host', ssh('build-host')],
    ['ssh://me@build-host:2222', ssh('build-host', { user: 'me', port: 2222 })],
    ['ssh://my%20self@build-host/', ssh('build-host', { user: 'my self' })],
    ['ssh://me@host/run/docker.sock', ssh('host', { user: 'me', socketPath: '/run/docker.sock' })],
    ['ssh://[fe80::1]', ssh('fe80::1')],
  ])('may be %s', (host, address) => {
    expect(parseAddress(host)).toEqual(address);
  });

  it.each<[string, RegExp]>([
    [
      'nonsense://at all',
      /^nonsense:\/\/at all is no address of a daemon: --host and DOCKER_HOST take unix:/,
    ],
    ['not a host', /is no address/],
    ['tcp://host:70000', /is no address/],
    ['tcp://%zz', /is no address/],
    ['tcp://me:secret@host:1', /^tcp:\/\/me:…@host:1 cannot be used: a daemon asks for no user/],
    ['https://me@host', /asks for no user or password, but for a certificate/],
    ['tcp://host:2376?x=1', /nothing may follow the port but a path, not \?x=1\.$/],
    ['ssh://', /is no address|names no host/],
    ['ssh://host?x=1', /nothing may follow the host but a path, not \?x=1\.$/],
    ['ssh://host#x', /not #x\.$/],
    ['npipe:////./pipe/docker_engine', /a pipe of Windows/],
    ['fd://', /name its socket, as in unix:\/\/\/var\/run\/docker\.sock\.$/],
  ])('cannot be %s, and a line says why', (host, message) => {
    expect(() => parseAddress(host)).toThrow(expect.objectContaining({ code: 'arguments' }));
    expect(() => parseAddress(host)).toThrow(message);
  });

  it.each(['ssh://me:secret@host', 'odd://me:secret@host', 'tcp://me:secret@host:99999'])(
    'does not show the password of %s',
    (host) => {
      expect(() => parseAddress(host)).toThrow('://me:…@host');
      expect(() => parseAddress(host)).not.toThrow('secret');
    },
  );
});
