import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const launcher = join(import.meta.dirname, '../../bin/peel.js');

/** Runs the launcher in a Node that takes itself for another version. */
function launchUnder(version: string, ...args: string[]) {
  const disguise = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  const preload = `--import=data:text/javascript,${encodeURIComponent(disguise)}`;
  return spawnSync(process.execPath, [preload, launcher, ...args], { encoding: 'utf8' });
}

describe('the launcher', () => {
  it.each(['20.20.2', '22.14.9'])('says in one line what is needed under Node %s', (version) => {
    const { status, stdout, stderr } = launchUnder(version, '--version');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^peel needs Node 22\.15 or newer; this is Node [\d.]+ \(.+\)\.\n$/);
    expect(stderr).toContain(version);
  });

  it.each(['22.15.0', '23.0.0', '26.1.0'])('starts the program under Node %s', (version) => {
    const { status, stdout, stderr } = launchUnder(version, '--version');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
