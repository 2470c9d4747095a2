import { describe, expect, it, vi } from 'vitest';
import { type Driver, inProcess, inPty, NO_DAEMON, type OpenDriver } from './scenario-drivers.ts';
import { READ } from './scenario.ts';

const drivers: readonly [string, OpenDriver][] = [
  ['in this process', inProcess],
  ['in a pseudo-terminal', inPty],
];

async function openSample(open: OpenDriver): Promise<Driver> {
  vi.stubEnv('DOCKER_HOST', NO_DAEMON);
  const driver = open({ args: ['--sample'], size: { columns: 120, rows: 40 }, look: 'colour', env: {} });
  await driver.screen.shows(READ);
  return driver;
}

describe.each(drivers)('a driver %s', (_, open) => {
  it('tells when the answer to a key is on the screen, all of it', async () => {
    await using driver = await openSample(open);
    const { screen } = driver;
    const before = screen.text();
    driver.type(']]]]]');
    await screen.until('the keys begin to be answered', () => screen.text() !== before);
    await driver.answers();
    // Looked at once.
    expect(screen.selected()).toMatch(/^▸ 5 /);
    expect(screen.text()).toContain('changes of layer 5');
    expect(screen.text()).not.toContain('changes of layer 0');
  });

  it('changes nothing by asking', async () => {
    await using driver = await openSample(open);
    driver.press('Z');
    await driver.screen.shows('Z does nothing here');
    const before = driver.screen.text();
    await driver.answers();
    expect(driver.screen.text()).toBe(before);
  });
});
