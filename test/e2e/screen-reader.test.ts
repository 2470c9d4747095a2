import { describe, expect, it } from 'vitest';
import { openPeel } from '../harness/terminal.ts';

const env = { INK_SCREEN_READER: 'true' };

describe.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
])('a screen reader at $columns x $rows', (size) => {
  it('is told what the cursor is on, in plain lines', async () => {
    await using peel = openPeel(['--sample'], { ...size, env });
    await peel.screen.shows(/^peel: peel\/sample:latest, 8 layers, 4\.7 MB, wasted 2\.3 MB 48\.1 %$/m);
    await peel.screen.shows('Layers, 1 of 11: layer 0, 2.1 MB, ADD file:5f1c1a5e2b in /');
    expect(peel.screen.text()).not.toMatch(/[│┃─━█▒▸]/);
    await peel.step(']');
    await peel.screen.shows('Layers, 3 of 11: layer 1, 620.0 kB, RUN apt-get update && apt-get upgrade -y');
    await peel.step('tab');
    await peel.screen.shows(/^Files, 1 of \d+: \/var, unchanged, 320\.0 kB, drwx/m);
    await peel.step('w');
    await peel.screen.shows(
      /^Waste, 1 of 53: \/var\/lib\/apt\/lists\/main_binary-amd64_Packages, 480\.0 kB, stored\s+in 0, /m,
    );
    await peel.step('?');
    await peel.screen.shows(/^k Up one row up$/m);
    await peel.step('escape');
    await peel.screen.shows(/^Waste, 1 of 53/m);
    expect(peel.screen.text().match(/^Waste/gm)).toHaveLength(1);
    peel.press('q');
    expect(await peel.exit()).toMatchObject({ status: 0 });
    expect(peel.screen.buffer).toBe('normal');
  });

  it('is told the image to choose, and what is typed', async () => {
    await using peel = openPeel([], { ...size, env: { ...env, DOCKER_HOST: 'unix:///nowhere' } });
    await peel.screen.shows(/^Images, 1 of 1: peel\/sample:latest/m);
    await peel.step('x');
    await peel.screen.shows('Images: nothing, filter x');
  });
});
