import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heardByInk } from '../../src/ui/terminal/silent-keys.ts';
import { TerminalInput } from '../../src/cli/terminal-input.ts';
import type { Answer } from '../../src/ui/terminal/questions.ts';
import { FakeStdin } from '../harness/fake-tty.ts';

const ESCAPE = '\u001b';

describe('a terminal’s input', () => {
  let tty: FakeStdin;
  let input: TerminalInput;
  let keys: string;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    tty = new FakeStdin();
    input = new TerminalInput(tty);
    keys = '';
    input.setRawMode(true);
  });

  afterEach(() => {
    input.close();
    vi.useRealTimers();
  });

  const listen = () => input.on('data', (chunk: string) => (keys += chunk));

  /** Sends bytes, and lets the streams hand them on. */
  async function send(bytes: string | Buffer): Promise<void> {
    tty.write(bytes);
    await turn();
  }

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('has characters whole that come in pieces', async () => {
    listen();
    const bytes = Buffer.from('ü日');
    for (const byte of bytes) await send(Buffer.of(byte));
    expect(keys).toBe('ü日');
  });

  it('keeps what is typed before anybody reads', async () => {
    await send('jj');
    listen();
    await send('k');
    expect(keys).toBe('jjk');
  });

  it('has a paste whole', async () => {
    listen();
    await send(`${ESCAPE}[200~a\rb${ESCAPE}`);
    await send('[201~');
    expect(keys).toBe(`${ESCAPE}[200~a\rb${ESCAPE}[201~`);
  });

  it('hands answers to whoever draws, as many as are awaited', async () => {
    const answers: Answer[] = [];
    const drawing = { awaitedAnswers: 1, answered: (answer: Answer) => void answers.push(answer) };
    input.answersTo = drawing;
    listen();
    await send(`j${ESCAPE}[0nk`);
    expect(answers).toEqual(['drawn']);
    drawing.awaitedAnswers = 0;
    await send(`${ESCAPE}[1;2R`);
    expect([keys, answers]).toEqual([`jk${ESCAPE}[1;2R`, ['drawn']]);
  });

  /** Ink holds an Esc as well, for as long as this. */
  const INK = 20;
  /** An Esc that is felt to wait would be pressed again. */
  const NOT_FELT = 100;

  it.each([false, true])(
    'holds an Esc for a moment that nobody feels, a message awaited: %s',
    async (isAwaited) => {
      if (isAwaited) input.expectReplies();
      listen();
      await send(ESCAPE);
      expect(keys).toBe('');
      vi.advanceTimersByTime(NOT_FELT - INK);
      await turn();
      expect(keys).toBe(ESCAPE);
    },
  );

  it.each([`${ESCAPE}[A`, `${ESCAPE}OP`, `${ESCAPE}[1;5C`, `${ESCAPE}[200~x${ESCAPE}[201~`])(
    'has a key whole that a slow line cuts behind its Esc: %j',
    async (key) => {
      for (const wait of [INK + 5, 49, 500]) {
        keys = '';
        input.removeAllListeners('data');
        listen();
        await send(ESCAPE);
        vi.advanceTimersByTime(wait);
        await turn();
        await send(key.slice(1));
        // What comes later than an Esc may wait has had it for a key; its letters are none.
        expect(keys, `after ${wait} ms`).toBe(heardByInk(wait < 50 ? key : ESCAPE + key, ''));
      }
    },
  );

  it('has a key whole that is cut further on', async () => {
    listen();
    await send(`${ESCAPE}[`);
    vi.advanceTimersByTime(45);
    await send('B');
    await send(`${ESCAPE}[1;`);
    vi.advanceTimersByTime(500);
    await send('5D');
    expect(keys).toBe(`${ESCAPE}[B${ESCAPE}[1;5D`);
  });

  it('leaves letters alone that are typed behind an Esc', async () => {
    listen();
    await send(`${ESCAPE}jk`);
    await send(ESCAPE);
    vi.advanceTimersByTime(500);
    await send('[');
    vi.advanceTimersByTime(500);
    await send('A');
    await send(ESCAPE);
    vi.advanceTimersByTime(2000);
    await send('OP');
    expect(keys).toBe(`${ESCAPE}jk${ESCAPE}[A${ESCAPE}OP`);
  });

  it('tells of messages until the last one has come', async () => {
    const kinds: string[] = [];
    input.onReply(({ kind }) => void kinds.push(kind));
    input.expectReplies();
    listen();
    await send(`${ESCAPE}]11;rgb:0/0/0\u0007j${ESCAPE}[?62c${ESCAPE}[?62c`);
    expect([kinds, keys]).toEqual([['background', 'attributes', 'attributes'], 'j']);
    await send(`${ESCAPE}[?62c`);
    expect(keys).toBe(`j${ESCAPE}[?62c`);
  });

  it('reads nothing while the terminal is another’s', async () => {
    listen();
    input.setRawMode(false);
    await send('for the shell');
    expect(keys).toBe('');
    input.setRawMode(true);
    await turn();
    expect(keys).toBe('for the shell');
  });

  it('ends as the terminal does, and what was held is a key', async () => {
    input.expectReplies();
    listen();
    const ended = once(input, 'end');
    await send(`j${ESCAPE}`);
    tty.end();
    await ended;
    expect(keys).toBe(`j${ESCAPE}`);
  });

  it('fails as the terminal does', async () => {
    const failed = once(input, 'error');
    const error = new Error('read EIO');
    tty.destroy(error);
    expect(await failed).toEqual([error]);
  });

  it('leaves the terminal as it was', () => {
    input.close();
    expect(tty.isRaw).toBe(false);
    for (const event of ['data', 'end', 'error']) expect(tty.listenerCount(event), event).toBe(0);
  });
});
