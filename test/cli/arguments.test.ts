import { describe, expect, it } from 'vitest';
import { parseArguments, USAGE } from '../../src/cli/arguments.ts';

const NONE = {
  help: false,
  version: false,
  shows: null,
  config: null,
  target: null,
  sample: false,
  image: null,
  platform: null,
  pull: false,
  host: null,
  context: null,
  json: null,
  files: false,
  verify: false,
  source: 'auto',
  cache: true,
};

describe('the command line', () => {
  it.each<[string, readonly string[], Partial<typeof NONE> | Record<string, unknown>]>([
    ['nothing: choose on the screen', [], {}],
    ['an image', ['nginx:latest'], { target: 'nginx:latest' }],
    ['standard input', ['-'], { target: '-' }],
    ['the sample', ['--sample'], { sample: true }],
    ['a report', ['nginx', '--json', 'out.json'], { target: 'nginx', json: 'out.json' }],
    ['a report to standard output', ['--json', '-', 'nginx'], { target: 'nginx', json: '-' }],
    ['a report with equals', ['nginx', '--json=-'], { target: 'nginx', json: '-' }],
    ['a report with files', ['nginx', '--json', '-', '--files'], { target: 'nginx', json: '-', files: true }],
    ['an image of an archive', ['a.tar', '--image', 'shop:1'], { target: 'a.tar', image: 'shop:1' }],
    [
      'a platform of an archive',
      ['a.tar', '--platform', 'linux/arm64'],
      { target: 'a.tar', platform: { os: 'linux', architecture: 'arm64', variant: null } },
    ],
    ['a pull', ['nginx', '--pull'], { target: 'nginx', pull: true }],
    ['a daemon', ['nginx', '--host', 'tcp://h'], { target: 'nginx', host: 'tcp://h' }],
    ['a daemon in short', ['-H', 'ssh://h', 'nginx'], { target: 'nginx', host: 'ssh://h' }],
    ['a daemon by its context', ['--context=far'], { context: 'far' }],
    ['help', ['-h'], { help: true }],
    ['help in full', ['--help'], { help: true }],
    ['the version', ['-V'], { version: true }],
    ['a configuration file', ['nginx', '--config', 'my.toml'], { target: 'nginx', config: 'my.toml' }],
    ['the settings in effect', ['config'], { shows: 'settings' }],
    ['those of a file', ['--config', 'my.toml', 'config'], { shows: 'settings', config: 'my.toml' }],
    ['where they are', ['config', '--path'], { shows: 'path' }],
    ['the images that are kept', ['cache'], { shows: 'cache' }],
    ['letting go of them', ['cache', '--clear'], { shows: 'clear' }],
    ['reading anew', ['nginx', '--no-cache'], { target: 'nginx', cache: false }],
    ['an image of that name', ['docker://config'], { target: 'docker://config' }],
    ['a file of that name', ['./config'], { target: './config' }],
    ['a name after two dashes', ['--', '-odd-'], { target: '-odd-' }],
  ])('can ask for %s', (_, argv, asked) => {
    expect(parseArguments(argv)).toEqual({ ...NONE, ...asked });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['two images', ['a', 'b'], /One image at a time: a, b\./],
    ['the sample and an image', ['--sample', 'a'], /Either --sample or a, not both\./],
    ['an image of nothing', ['--image', 'a'], /--image goes with the name of an image or a file/],
    ['a platform of nothing', ['--platform', 'linux/arm64'], /--platform goes with/],
    ['verifying the sample', ['--sample', '--verify'], /--verify goes with/],
    ['the sample of a host', ['--sample', '-H', 'tcp://h'], /--host leads to .*; the sample is none\./],
    ['the sample of a context', ['--sample', '--context=far'], /--context leads to .*; the sample is none\./],
    ['an empty name', [''], /name of the image is empty/],
    ['files without a report', ['a', '--files'], /--files goes with --json/],
    ['a report without a place', ['a', '--json'], /--json/],
    [
      'a host and a context',
      ['--host', 'tcp://h', '--context', 'far'],
      /Either --host or --context, not both/,
    ],
    ['a host without a name', ['--host', ' '], /name of the host is empty/],
    ['a context without a name', ['--context='], /name of the context is empty/],
    ['a configuration file without a name', ['a', '--config='], /name of the configuration file is empty/],
    ['the path of nothing', ['a', '--path'], /--path goes with peel config/],
    ['settings of an image', ['config', 'a'], /takes no a; an image of that name is docker:\/\/config/],
    ['a report of settings', ['config', '--json', '-'], /--json does not go with peel config/],
    ['the sample’s settings', ['config', '--sample'], /--sample does not go with peel config/],
    ['letting go of an image', ['a', '--clear'], /--clear goes with peel cache/],
    ['one kept image', ['cache', 'a'], /peel cache takes no a; an image of that name is docker:\/\/cache/],
    ['where the cache is', ['cache', '--path'], /--path goes with peel config/],
    ['an option that nobody knows', ['--colour'], /--colour.*See peel --help\./],
    ['a platform that is none', ['a.tar', '--platform', 'linux'], /os\/arch or os\/arch\/variant.*"linux"/],
    ['a value where none belongs', ['--sample=yes'], /--sample/],
  ])('cannot ask for %s, and is told so in one line', (_, argv, message) => {
    expect(() => parseArguments(argv)).toThrow(expect.objectContaining({ code: 'arguments' }));
    expect(() => parseArguments(argv)).toThrow(message);
    expect(() => parseArguments(argv)).not.toThrow(/\n/);
  });
});

describe('the help page', () => {
  it('names every option', () => {
    for (const option of [
      '--json',
      '--files',
      '--image',
      '--platform',
      '--verify',
      '--host',
      '--context',
      '--config',
      '--path',
      '--clear',
      '--no-cache',
      '--sample',
      '--help',
      '--version',
    ]) {
      expect(USAGE).toContain(option);
    }
  });

  it('fits a terminal of 120 columns', () => {
    expect(Math.max(...USAGE.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});
