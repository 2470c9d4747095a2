import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { runPeel } from '../harness/built-peel.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { BASE, member, old, TOP } from '../harness/saved.ts';

describe('an archive with a layer that is not the one its config names', () => {
  let folder: string;
  let wrong: string;
  let right: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'peel-verify-'));
    wrong = join(folder, 'wrong.tar');
    right = join(folder, 'right.tar');
    const members = old([BASE, TOP]);
    writeFileSync(right, rawTar(...members));
    writeFileSync(
      wrong,
      rawTar(...members.map((each, index) => (index === 1 ? member(each.name, BASE) : each))),
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is opened, and nobody looks unless that is asked for', async () => {
    const { status, stdout } = await runPeel(['--json', '-', wrong], { host: null });
    expect(status).toBe(0);
    const { layers } = JSON.parse(stdout) as Report;
    expect(layers.map(({ mismatches }) => mismatches)).toEqual([null, null]);
  });

  it('is told of in its report where that is asked for', async () => {
    const { status, stdout } = await runPeel(['--json', '-', '--verify', wrong], { host: null });
    expect(status).toBe(2);
    const { layers } = JSON.parse(stdout) as Report;
    expect(layers.map(({ mismatches }) => mismatches?.length)).toEqual([0, 1]);
    expect(layers[1]?.mismatches?.[0]).toMatchObject({ of: 'diffId', expected: layers[1]?.diffId });
  });

  it('is told of in a report of what comes through a pipe, whose bytes go by anyway', async () => {
    const { status, stdout } = await runPeel(['--json', '-', '-'], {
      host: null,
      input: readFileSync(wrong),
    });
    expect(status).toBe(0);
    const { layers } = JSON.parse(stdout) as Report;
    expect(layers.map(({ mismatches }) => mismatches?.length)).toEqual([0, 1]);
  });

  it('fails with --verify, in one line that names the layer; one that is right does not', async () => {
    const { status, stderr } = await runPeel(['--verify', wrong], { host: null });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^peel: Layer 1 is not what it should be: its diff ID should be sha256:[0-9a-f]{64}, but is .*\n$/,
    );
    const verified = await runPeel(['--verify', right], { host: null });
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    expect(verified.stdout).toContain('\ndigests: 2 of 2 layers verified\n');
  });
});
