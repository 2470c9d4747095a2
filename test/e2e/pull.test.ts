/** An image that the daemon does not have: it is offered, pulled, and opened. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dockerArchive, file } from '../harness/archive.ts';
import { runPeel } from '../harness/built-peel.ts';
import { ScriptedDaemon } from '../harness/scripted-daemon.ts';
import { openPeel, type Terminal } from '../harness/terminal.ts';
import { read, type Size, sizes } from './sample.ts';

const shop = () =>
  dockerArchive(
    { layers: [[file('base', 'one')], [file('app', 'two')]] },
    { layout: 'today', layers: 'plain' },
  );

/** What a daemon with a graph driver says in the middle of a pull. */
const HALFWAY = [
  { status: 'Pulling from library/shop', id: 'latest' },
  { status: 'Already exists', progressDetail: {}, id: '6e7f8a9b0c1d' },
  { status: 'Pulling fs layer', progressDetail: {}, id: '953cf7bd0271' },
  { status: 'Pulling fs layer', progressDetail: {}, id: '0b97e7a4136f' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'd5442e6d3891' },
  { status: 'Waiting', progressDetail: {}, id: 'd5442e6d3891' },
  { status: 'Downloading', progressDetail: { current: 1_000_000, total: 15_000_000 }, id: '953cf7bd0271' },
  { status: 'Downloading', progressDetail: { current: 12_500_000, total: 25_000_000 }, id: '0b97e7a4136f' },
  { status: 'Download complete', progressDetail: {}, id: '953cf7bd0271' },
  { status: 'Extracting', progressDetail: { current: 3_750_000, total: 15_000_000 }, id: '953cf7bd0271' },
];
const TOLD = {
  status: 'Downloading',
  progressDetail: { current: 5_000_000, total: 35_000_000 },
  id: 'd5442e6d3891',
};

let daemon: ScriptedDaemon;

beforeEach(async () => {
  daemon = await ScriptedDaemon.start(await shop(), { isHere: false });
});

afterEach(() => daemon[Symbol.asyncDispose]());

describe.each(sizes)('an image that is missing, at $columns x $rows', (size: Size) => {
  const open = (...args: string[]): Terminal =>
    openPeel([...args, 'shop'], { ...size, env: { DOCKER_HOST: daemon.host } });

  it('is told of with the nearest names, and p pulls it', async () => {
    await using peel = open();
    await peel.screen.shows('holds no image shop:latest.');
    await peel.screen.shows('shop:old');
    await peel.screen.shows('docker pull shop');
    await peel.step('j');
    await peel.screen.shows('p pulls it, q or Esc leaves it.');
    peel.press('p');
    expect((await daemon.pullAsked).query).toEqual({ fromImage: 'shop', tag: 'latest' });
    await daemon.tellPull(...HALFWAY);
    await peel.screen.shows(/pulling shop · 27\.5 MB · \d+ s/);
    await daemon.tellPull(TOLD);
    await peel.screen.shows(/pulling shop · 32\.5 MB of 75\.0 MB · \d+ s/);
    await daemon.finishPull();
    await daemon.sendUpTo(1);
    await peel.screen.shows(read);
    await peel.screen.shows('shop:latest');
  });

  it('stays on its screen when the pull fails, and can be pulled again', async () => {
    await using peel = open();
    await peel.screen.shows('holds no image shop:latest.');
    peel.press('p');
    await daemon.refusePull(500, 'Get "https://registry-1.docker.io/v2/": no such host');
    await peel.screen.shows('The daemon cannot pull shop:latest:');
    await peel.screen.shows('shop:old');
    await peel.screen.shows('p tries again');
    peel.press('p');
    await peel.screen.shows('pulling shop');
    peel.press('escape');
    await peel.screen.shows('Cancelled.');
  });

  it.each(['q', 'escape'])('is left with %s: then it is the error that it is', async (key) => {
    await using peel = open();
    await peel.screen.shows('holds no image shop:latest.');
    peel.press(key);
    expect(await peel.exit()).toMatchObject({ status: 2 });
    expect(peel.screen.text().replaceAll('\n', '')).toContain('or peel --pull shop');
  });

  it('is pulled at once with --pull; each layer says how far it is', async () => {
    await using peel = open('--pull');
    await daemon.tellPull(...HALFWAY, TOLD);
    await peel.screen.shows(/953cf7bd\w* extracting +15\.0 MB/);
    await peel.screen.shows(/0b97e7a4\w* downloading +12\.5 MB\/25\.0 MB/);
    await peel.step('j', 'j', 'j');
    await peel.screen.selects('d5442e6d');
    await peel.step('p');
    await peel.screen.shows('It is being pulled.');
  });

  it('Esc cancels the pull: the daemon is told, and the images are listed', async () => {
    await using peel = open('--pull');
    await daemon.tellPull(...HALFWAY);
    await peel.screen.shows('953cf7bd');
    peel.press('escape');
    await daemon.pullAborted;
    await peel.screen.shows('Cancelled.');
    await peel.screen.shows('shop:old');
  });

  it('is an error in one line when the daemon cannot pull it', async () => {
    await using peel = open('--pull');
    await daemon.tellPull(...HALFWAY);
    await peel.screen.shows('953cf7bd');
    await daemon.tellPull({ errorDetail: { message: 'no space left on device' }, error: 'no space' });
    expect(await peel.exit()).toMatchObject({ status: 2 });
    await peel.screen.shows('The daemon cannot pull shop:latest: no space left on device');
  });
});

describe('an image that is missing, without a screen', () => {
  const run = (...args: string[]) => runPeel([...args, 'shop'], { host: daemon.host });

  it('is an error that says how to pull it', async () => {
    const { status, stdout, stderr } = await run();
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `peel: ${daemon.host} holds no image shop:latest. Did you mean shop:old? If not: docker pull shop, or peel --pull shop\n`,
    });
  });

  it('is pulled with --pull, and nothing of that is printed', async () => {
    const running = run('--pull', '--json', '-');
    await daemon.tellPull(...HALFWAY);
    await daemon.finishPull();
    await daemon.sendUpTo(1);
    const { status, stdout, stderr } = await running;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ image: { reference: 'shop:latest' } });
  });

  it('is an error with the daemon’s words when it is refused', async () => {
    const running = run('--pull');
    await daemon.refusePull(404, 'pull access denied for shop, repository does not exist');
    expect(await running).toMatchObject({
      status: 2,
      stderr:
        'peel: The daemon cannot pull shop:latest: pull access denied for shop, repository does not exist\n',
    });
  });
});
