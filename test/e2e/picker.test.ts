import { describe, expect, it } from 'vitest';
import { expectGolden } from '../harness/golden.ts';
import { openPeel, type Terminal } from '../harness/terminal.ts';
import { openSample, read, type Size, sizes } from './sample.ts';

const noDaemon = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

async function openPicker(size: Size): Promise<Terminal> {
  const peel = openPeel([], { ...size, env: noDaemon });
  await peel.screen.shows('/nonexistent/docker.sock');
  return peel;
}

describe.each(sizes)('the picker at $columns x $rows', (size) => {
  it('offers the sample image where no daemon answers, and says what was tried', async () => {
    await using peel = await openPicker(size);
    await peel.screen.shows(/▸ peel\/sample:latest/);
    await expectGolden(peel.screen, 'picker-without-daemon');
    await peel.step('enter');
    await peel.screen.shows(read);
    await peel.screen.shows('Files  changes of layer 0');
  });

  it('filters as you type, and says so when nothing is left', async () => {
    await using peel = await openPicker(size);
    peel.type('SAMP');
    await peel.screen.shows('1 image');
    peel.type('x');
    await peel.screen.shows('No image is called SAMPx');
    await peel.step('enter');
    await peel.screen.shows('No image to open.');
    await peel.step('escape');
    await peel.screen.shows(/▸ peel\/sample:latest/);
  });

  it('is left with q before anything is typed, with ^C at any time', async () => {
    await using first = await openPicker(size);
    first.press('q');
    expect(await first.exit()).toMatchObject({ status: 0 });
    await using second = await openPicker(size);
    await second.step('s', 'q');
    await second.screen.shows('/sq');
    second.press('ctrl-c');
    expect(await second.exit()).toMatchObject({ status: 130 });
  });

  it('is reached from an image with 1, and Esc leads back to it', async () => {
    await using peel = await openSample(size, noDaemon);
    const before = peel.screen.text();
    await peel.step('1');
    await peel.screen.shows(/▸ peel\/sample:latest/);
    peel.press('escape');
    await peel.screen.becomes(before);
  });
});
