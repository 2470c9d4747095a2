import { describe, expect, it } from 'vitest';
import { containerConfigOf, parseConfig } from '../../src/image/config.ts';
import { formatPlatform } from '../../src/image/platform.ts';

const layers = (...diffIds: unknown[]) => ({ rootfs: { type: 'layers', diff_ids: diffIds } });

describe('an image config', () => {
  it('tells platform, time, layers and history', () => {
    const config = parseConfig({
      ...layers('sha256:a', 'sha256:b'),
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2026-01-01T00:00:00Z',
      history: [{ created_by: 'ADD' }],
    });
    expect(config.diffIds).toEqual(['sha256:a', 'sha256:b']);
    expect(config.platform).toEqual({ os: 'linux', architecture: 'arm64', variant: 'v8' });
    expect(config.created).toBe('2026-01-01T00:00:00Z');
    expect(config.history).toEqual([{ createdBy: 'ADD', created: null, empty: false }]);
  });

  it('needs nothing but a rootfs', () => {
    const config = parseConfig(layers());
    expect(config).toMatchObject({ platform: null, created: null, diffIds: [], history: [] });
    expect(config.container).toEqual({
      ...{ user: null, workingDir: null, entrypoint: [], cmd: [], env: [] },
      ...{ exposedPorts: [], volumes: [], labels: {}, stopSignal: null, healthcheck: null },
    });
  });

  it.each([null, 'text', 3, [], {}, { rootfs: null }, { rootfs: [] }, { rootfs: 'layers' }])(
    'is not what %j is',
    (value) => {
      expect(() => parseConfig(value)).toThrow(expect.objectContaining({ code: 'not-an-image' }));
    },
  );

  it('knows no platform that is told by halves', () => {
    expect(parseConfig({ ...layers(), os: 'linux' }).platform).toBeNull();
    expect(parseConfig({ ...layers(), os: '', architecture: 'amd64' }).platform).toBeNull();
  });

  it('passes over layers that are no strings, and over a time that is none', () => {
    const config = parseConfig({ ...layers('sha256:a', 7, null), created: 12 });
    expect(config.diffIds).toEqual(['sha256:a']);
    expect(config.created).toBeNull();
  });
});

describe('a platform', () => {
  it('is written with its variant, where it has one', () => {
    expect(formatPlatform({ os: 'linux', architecture: 'amd64', variant: null })).toBe('linux/amd64');
    expect(formatPlatform({ os: 'linux', architecture: 'arm', variant: 'v7' })).toBe('linux/arm/v7');
  });
});

describe('how a container starts', () => {
  it('is told by the config', () => {
    const container = containerConfigOf({
      User: '1000',
      WorkingDir: '/app',
      Entrypoint: ['/init'],
      Cmd: ['run', 'it'],
      Env: ['A=b'],
      ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
      Volumes: { '/data': {} },
      Labels: { version: '1', author: 'somebody', broken: 3 },
      StopSignal: 'SIGQUIT',
      Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 30e9, Timeout: 0, Retries: 3 },
    });
    expect(container).toEqual({
      user: '1000',
      workingDir: '/app',
      entrypoint: ['/init'],
      cmd: ['run', 'it'],
      env: ['A=b'],
      exposedPorts: ['53/udp', '8080/tcp'],
      volumes: ['/data'],
      labels: { author: 'somebody', version: '1' },
      stopSignal: 'SIGQUIT',
      healthcheck: {
        test: ['CMD-SHELL', 'curl -f localhost'],
        interval: 30e9,
        timeout: null,
        retries: 3,
      },
    });
    expect(Object.keys(container.labels)).toEqual(['author', 'version']);
  });

  it('is nothing where the config has nulls, as daemons write them', () => {
    const nulls = { User: '', Entrypoint: null, Cmd: null, Env: null, ExposedPorts: null, Labels: null };
    expect(containerConfigOf(nulls)).toEqual(containerConfigOf({}));
    expect(containerConfigOf(null)).toEqual(containerConfigOf({}));
  });

  it.each([null, 'curl', [], {}, { Test: null }, { Test: [] }, { Test: 'curl' }])(
    'has no healthcheck in %j',
    (value) => {
      expect(containerConfigOf({ Healthcheck: value }).healthcheck).toBeNull();
    },
  );

  it('takes no list for a set of names', () => {
    expect(containerConfigOf({ Volumes: ['/data'], Labels: ['a'] })).toMatchObject({
      volumes: [],
      labels: {},
    });
  });
});

describe('a config beyond measure', () => {
  it.each([
    ['layers', 1024, (count: number) => ({ rootfs: { diff_ids: Array.from({ length: count }, () => 'd') } })],
    [
      'instructions',
      16_384,
      (count: number) => ({ rootfs: {}, history: Array.from({ length: count }, () => ({})) }),
    ],
  ])('is refused: %s', (what, limit, configOf) => {
    expect(() => parseConfig(configOf(limit))).not.toThrow();
    expect(() => parseConfig(configOf(limit + 1))).toThrow(
      expect.objectContaining({
        code: 'hostile',
        message: `The image config speaks of ${limit + 1} ${what}; ${limit} is the limit.`,
      }),
    );
  });
});
