import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ClipboardEnvironment,
  copyToClipboard,
  MAX_COPIED_BYTES,
} from '../../../src/ui/text/clipboard.ts';

const ESC = '\u001b';
const XTERM = { TERM: 'xterm-256color' };

function sequenceFor(content: string | Uint8Array, environment: ClipboardEnvironment = XTERM): string {
  const copy = copyToClipboard(content, environment);
  if ('refusal' in copy) throw new Error(copy.refusal);
  return copy.sequence;
}

describe('a text for the clipboard', () => {
  it('is written in base64, for the terminal itself', () => {
    expect(sequenceFor('/etc/größe')).toBe(
      `${ESC}]52;c;${Buffer.from('/etc/größe').toString('base64')}\u0007`,
    );
    expect(sequenceFor('')).toBe(`${ESC}]52;c;\u0007`);
    expect(sequenceFor(Buffer.from([0, 0xff, 0x80]))).toBe(`${ESC}]52;c;AP+A\u0007`);
  });

  it('can do nothing but that, whatever it holds', () => {
    const hostile = sequenceFor(`\u0007${ESC}]0;title\u0007`);
    expect(hostile.slice(1, -1)).toMatch(/^\]52;c;[A-Za-z0-9+/=]*$/);
  });

  it('is as long as terminals take it, and refused beyond', () => {
    expect(MAX_COPIED_BYTES).toBe(74_994);
    expect(sequenceFor('x'.repeat(MAX_COPIED_BYTES))).toHaveLength(100_000);
    const tooLong = { refusal: "too long for a terminal's clipboard: 75.0 kB is the limit" };
    expect(copyToClipboard('x'.repeat(MAX_COPIED_BYTES + 1), XTERM)).toEqual(tooLong);
    expect(copyToClipboard('ö'.repeat(MAX_COPIED_BYTES / 2 + 1), XTERM)).toEqual(tooLong);
  });

  it.each(['dumb', 'linux', 'vt100'])('is refused where there is no clipboard: %s', (TERM) => {
    expect(copyToClipboard('x', { TERM })).toEqual({ refusal: `this terminal (${TERM}) has no clipboard` });
  });

  it('goes to tmux, and through it', () => {
    const sequence = `${ESC}]52;c;eA==\u0007${ESC}Ptmux;${ESC}${ESC}]52;c;eA==\u0007${ESC}\\`;
    for (const environment of [{ TERM: 'screen', TMUX: '/tmp/tmux' }, { TERM: 'tmux-256color' }])
      expect(sequenceFor('x', environment)).toBe(sequence);
  });

  it('goes through GNU screen in pieces that it takes', () => {
    const text = 'x'.repeat(1000);
    const sequence = sequenceFor(text, { TERM: 'screen', STY: '1.pts' });
    const pieces = sequence.split(`${ESC}\\`).slice(0, -1);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(256);
    expect(pieces.every((piece) => piece.startsWith(`${ESC}P`))).toBe(true);
    expect(pieces.map((piece) => piece.slice(2)).join('')).toBe(sequenceFor(text));
  });

  it('reaches tmux too where only a name tells of screen, as over SSH; what screen would type out does not', () => {
    const remote = { TERM: 'screen-256color' };
    expect(sequenceFor('x', remote)).toBe(`${sequenceFor('x')}${ESC}P${sequenceFor('x')}${ESC}\\`);
    const long = 'x'.repeat(1000);
    expect(sequenceFor(long, remote)).toBe(sequenceFor(long, { ...remote, STY: '1' }));
  });
});

it('a real tmux takes it into its buffer', (test) => {
  if (spawnSync('tmux', ['-V']).status !== 0) test.skip('no tmux here');
  const folder = mkdtempSync(join(tmpdir(), 'peel-tmux-'));
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args], { encoding: 'utf8' });
  onTestFinished(() => {
    spawnSync('tmux', ['-S', join(folder, 'socket'), 'kill-server']);
    rmSync(folder, { recursive: true });
  });
  const text = '/etc/größe with spaces';
  writeFileSync(join(folder, 'sequence'), sequenceFor(text, { TERM: 'screen', TMUX: 'here' }));
  tmux('new-session', '-d', 'sleep 60');
  tmux('set-option', '-g', 'set-clipboard', 'on');
  tmux(
    'respawn-window',
    '-k',
    `cat ${folder}/sequence; tmux -S ${folder}/socket wait-for -S written; sleep 60`,
  );
  tmux('wait-for', 'written');
  // What a program has written is read by tmux by and by.
  const deadline = Date.now() + 20_000;
  let buffer = '';
  while (buffer === '' && Date.now() < deadline) {
    buffer = spawnSync('tmux', ['-S', join(folder, 'socket'), 'show-buffer'], { encoding: 'utf8' }).stdout;
  }
  expect(buffer).toBe(text);
});
