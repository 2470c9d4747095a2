import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScreenOutput } from '../../src/cli/screen-output.ts';

/** A terminal of 20 x 3 that says when a write has left only when it is told to. */
function slowTerminal() {
  const written: string[] = [];
  const leaving: ((error?: Error) => void)[] = [];
  const output = new ScreenOutput(
    (text, left) => {
      written.push(text);
      leaving.push(left);
    },
    () => ({ columns: 20, rows: 3 }),
  );
  return {
    output,
    written,
    leave: (error?: Error) => leaving.shift()?.(error),
    /** Lets the turn of the event loop end. */
    turn: () => vi.advanceTimersByTimeAsync(0),
  };
}

/** The same with the first frame on its screen, and nothing unanswered. */
async function shownTerminal(frame: string) {
  const terminal = slowTerminal();
  terminal.output.write(frame);
  await terminal.turn();
  terminal.leave();
  terminal.output.answered('does not repeat');
  terminal.written.length = 0;
  return terminal;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the output that Ink draws on', () => {
  it('looks to Ink like a terminal of the size that the real one has', () => {
    const { output } = slowTerminal();
    expect([output.isTTY, output.columns, output.rows]).toEqual([true, 20, 3]);
  });

  it('clears the screen for the first frame, and asks whether characters can be repeated', async () => {
    const { output, written, turn } = slowTerminal();
    output.write('one\ntwo');
    expect(written).toEqual([]);
    await turn();
    expect(written).toEqual(['\u001b[H \u001b[2b\u001b[6n\u001b[m\u001b[H\u001b[J\u001b[Hone\u001b[2Htwo']);
  });

  it('writes only what differs, and nothing for a frame that is on the screen', async () => {
    const { output, written, turn } = await shownTerminal('one\ntwo');
    output.write('one\ntoo');
    await turn();
    expect(written).toEqual(['\u001b[2;2Ho']);
    output.write('one\ntoo');
    await turn();
    expect(written).toHaveLength(1);
  });

  it('has characters repeated when it knows that it may', async () => {
    const { output, written, turn } = await shownTerminal(' ');
    output.answered('repeats');
    output.write('xxxxxxxxxxxxxxxx');
    await turn();
    expect(written).toEqual(['\u001b[Hx\u001b[15b']);
  });

  it('paints nothing while another program has the terminal, and all of it afterwards', async () => {
    const { output, written, turn, leave } = await shownTerminal('one');
    output.write('\u001b[?1049l');
    leave();
    expect(output.isLent).toBe(true);
    written.length = 0;
    output.invalidate();
    output.write('two');
    output.pass('\u001b]52;c;\u0007');
    await turn();
    expect(written).toEqual([]);
    output.write('\u001b[?1049h');
    output.write('three');
    leave();
    await turn();
    expect(output.isLent).toBe(false);
    expect(written.join('')).toContain('three');
    expect(written.join('')).not.toContain('two');
  });

  it('hands on what moves no cursor, whole and before the next frame', async () => {
    const { output, written, turn, leave } = await shownTerminal('one');
    output.write('two');
    output.pass('\u001b]52;c;dHdv\u0007');
    await turn();
    expect(written).toEqual(['\u001b]52;c;dHdv\u0007']);
    leave();
    expect(written).toEqual(['\u001b]52;c;dHdv\u0007', '\u001b[Htwo']);
  });

  it('paints frames of one turn of the event loop as one', async () => {
    const { output, written, turn } = await shownTerminal('0');
    for (const frame of ['1', '2', '3']) output.write(frame);
    await turn();
    expect(written).toEqual(['\u001b[H3']);
  });

  it('paints the newest frame, and no other, when the one before it has left', async () => {
    const { output, written, turn, leave } = await shownTerminal('0');
    output.write('1');
    await turn();
    for (const frame of ['2', '3', '4']) {
      output.write(frame);
      await turn();
    }
    expect(written).toEqual(['\u001b[H1']);
    leave();
    expect(written).toEqual(['\u001b[H1', '\u001b[H4']);
    leave();
    await turn();
    expect(written).toHaveLength(2);
  });

  it('brackets a frame that may come in pieces, and no other', async () => {
    const { output, written, turn, leave } = await shownTerminal('0');
    output.write(
      `\u001b[38;2;1;2;3m${Array.from('abcdefghijklmnopqrst', (char, x) => `\u001b[3${x % 8}m${char}`).join('')}`,
    );
    await turn();
    leave();
    expect(written[0]).not.toContain('?2026');
    const rows = Array.from({ length: 3 }, () =>
      Array.from('tsrqponmlkjihgfedcba', (char, x) => `\u001b[38;2;${x};100;${200 + x}m${char}`).join(''),
    );
    output.write(rows.join('\n'));
    await turn();
    expect(written[1]).toMatch(/^\u001b\[\?2026h[^]*\u001b\[\?2026l\u001b\[5n$/);
  });

  it('draws everything anew when the screen is not to be believed', async () => {
    const { output, written, turn } = await shownTerminal('one');
    output.invalidate();
    await turn();
    expect(written).toEqual(['\u001b[m\u001b[H\u001b[J\u001b[Hone']);
  });

  it('passes modes on at once, hides the cursor with the screen that it enters, and leaves none behind', async () => {
    const { output, written, turn } = await shownTerminal('one');
    output.write('\u001b[?2004h');
    output.write('two');
    output.write('\u001b[?1049l');
    output.write('\u001b[?1049h');
    await turn();
    expect(written).toEqual([
      '\u001b[?2004h',
      '\u001b[m\u001b[H\u001b[J\u001b[?1049l',
      '\u001b[?1049h\u001b[?25l',
    ]);
  });

  it('lets who waits go on when all has left and has been answered', async () => {
    const { output, turn, leave } = slowTerminal();
    const flushed = vi.fn();
    output.write('one');
    await turn();
    output.write('', flushed);
    await turn();
    leave();
    await turn();
    expect(output.awaitedAnswers).toBe(1);
    expect(flushed).not.toHaveBeenCalled();
    output.answered('does not repeat');
    await turn();
    expect(flushed).toHaveBeenCalledOnce();
  });

  it('paints no frame that waits its turn before whoever waits to leave', async () => {
    const { output, written, turn, leave } = await shownTerminal('0');
    output.write('1');
    await turn();
    output.write('2');
    await turn();
    output.write('', () => output.write('\u001b[?1049l'));
    leave();
    await turn();
    expect(written).toEqual(['\u001b[H1', expect.stringContaining('\u001b[?1049l')]);
  });

  it('paints a frame that waits its turn when whoever waits has done so for nothing', async () => {
    const { output, written, turn, leave } = await shownTerminal('0');
    output.write('1');
    await turn();
    output.write('2');
    output.write('', () => undefined);
    leave();
    await turn();
    expect(written).toEqual(['\u001b[H1', '\u001b[H2']);
  });

  it('waits for no answer longer than three seconds when it is closed, and paints no more', async () => {
    const { output, written, turn, leave } = slowTerminal();
    output.write('one');
    await turn();
    leave();
    const ended = vi.fn();
    const closed = output.close().then(ended);
    output.write('two');
    await vi.advanceTimersByTimeAsync(2900);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(written).toHaveLength(1);
    output.write('\u001b[?1049l');
    expect(written[1]).toContain('\u001b[?1049l');
  });

  it('writes to a terminal that is gone no more, and waits for nothing from it', async () => {
    const { output, written, turn, leave } = slowTerminal();
    output.write('one');
    await turn();
    leave(new Error('EIO'));
    output.write('two');
    await turn();
    expect(written).toHaveLength(1);
    await output.close();
  });

  it('stops asking no terminal that has grown silent, but waits for it no more', async () => {
    const { output, written, turn, leave } = await shownTerminal('0');
    const line = (seed: number) =>
      Array.from(
        { length: 20 },
        (_, x) => `\u001b[38;2;${x};${seed};${200 + x}m${String.fromCharCode(97 + ((x + seed) % 26))}`,
      ).join('');
    const frame = (seed: number) => [line(seed), line(seed + 1), line(seed + 2)].join('\n');
    const paintNext = async (seed: number) => {
      output.write(frame(seed));
      await turn();
      leave();
    };
    await paintNext(1);
    output.answered('drawn');
    for (let seed = 2; seed < 20; seed++) await paintNext(seed);
    const held = written.length;
    expect(held, 'frames wait').toBeLessThan(12);
    await vi.advanceTimersByTimeAsync(3000);
    expect(written, 'the newest does not wait for ever').toHaveLength(held + 1);
    leave();
    await paintNext(30);
    expect(written).toHaveLength(held + 2);
  });
});
