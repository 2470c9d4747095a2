import { describe, expect, it } from 'vitest';
import { ScreenOutput } from '../../src/cli/screen-output.ts';
import { TerminalInput } from '../../src/cli/terminal-input.ts';
import { renderOn } from '../../src/cli/terminal.ts';
import { App } from '../../src/ui/app.tsx';
import { DEFAULT_KEYMAP } from '../../src/ui/keymap.ts';
import { Store } from '../../src/ui/store.ts';
import { file } from '../harness/archive.ts';
import { UNICODE } from '../harness/explorer-screen.ts';
import { after, opened, WIDE } from '../harness/explorer.ts';
import { FakeStdin } from '../harness/fake-tty.ts';
import { bytesOf } from '../harness/keys.ts';
import { SlowLine } from '../harness/slow-line.ts';

/** Names and sizes that have little in common, so that a list that scrolls changes in most of its cells. */
const FILES = Array.from({ length: 3000 }, (_, index) => {
  const name = ((index * 7919 + 13) ** 3).toString(36);
  return file(`${name.slice(-4)}${name}${name}`, 'x'.repeat(1 + ((index * 31) % 977)));
});

const DELAY = 200;
const ROUND_TRIP = 2 * DELAY;
const BYTES_PER_SECOND = 50_000;

/** peel on a line of 200 ms each way and 50 kB/s, its files pane in focus. */
async function peelFarAway(answers = true) {
  const store = new Store(after(opened([FILES], { size: WIDE }), 'next-pane'), () => undefined);
  const stdin = new FakeStdin();
  const line = new SlowLine({ ...WIDE, delay: DELAY, bytesPerSecond: BYTES_PER_SECOND, answers }, (bytes) =>
    stdin.write(bytes),
  );
  const output = new ScreenOutput(
    (text, left) => {
      line.write(text);
      left();
    },
    () => WIDE,
  );
  const input = new TerminalInput(stdin);
  input.answersTo = output;
  const ink = renderOn(output, input, <App store={store} theme={UNICODE} keymap={DEFAULT_KEYMAP} />);
  await line.rest();
  return {
    line,
    store,
    /** Holds a key down: thirty come in a second. */
    async hold(key: string, times: number) {
      for (let time = 0; time < times; time++) {
        line.press(bytesOf(key));
        await line.pass(1000 / 30);
      }
    },
    async [Symbol.asyncDispose]() {
      ink.unmount();
      await line.rest();
      await ink.waitUntilExit();
      line.screen.dispose();
    },
  };
}

describe('on a line of 200 ms each way and 50 kB/s', () => {
  it('a key is on the screen after one round trip', async () => {
    await using peel = await peelFarAway();
    peel.line.press(bytesOf('down'));
    expect(await peel.line.rest()).toBeLessThan(ROUND_TRIP + 10);
  });

  it.each(['down', 'pagedown'])('%s that is held leaves no backlog', async (key) => {
    await using peel = await peelFarAway();
    await peel.hold(key, 90);
    const { written, arrived } = peel.line;
    expect(written - arrived, 'bytes under way').toBeLessThan((2 * ROUND_TRIP * BYTES_PER_SECOND) / 1000);
    expect(await peel.line.rest(), 'until the last key is on the screen').toBeLessThan(2 * ROUND_TRIP);

    await using near = await peelFarAway();
    near.line.press(bytesOf(key).repeat(90));
    await near.line.rest();
    expect(peel.line.screen.text()).toBe(near.line.screen.text());
    expect(peel.line.screen.styles()).toEqual(near.line.screen.styles());
  });

  it('a burst of keys is painted once', async () => {
    await using peel = await peelFarAway();
    peel.line.forget();
    peel.line.press(bytesOf('down').repeat(20));
    await peel.line.rest();
    expect(peel.line.writes).toBe(1);
  });

  it('a terminal that answers nothing is written to as fast as it takes it', async () => {
    await using peel = await peelFarAway(false);
    await peel.hold('pagedown', 90);
    expect(await peel.line.rest(), 'which is what the answers are for').toBeGreaterThan(2 * ROUND_TRIP);
  });
});
