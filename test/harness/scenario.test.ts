import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Driver } from './scenario-drivers.ts';
import { exactly, selected } from './scenario-lines.ts';
import { User } from './scenario-user.ts';
import { Screen } from './screen.ts';

const HOME = '\x1b[H';

describe('a scenario', () => {
  let screen: Screen;
  let pressed: string[];
  let user: User;
  let answered: Promise<void>;

  beforeEach(async () => {
    screen = new Screen(20, 6);
    pressed = [];
    answered = Promise.resolve();
    const driver: Driver = {
      screen,
      press: (key) => void pressed.push(key),
      type: (text) => void pressed.push(text),
      resize: () => Promise.resolve(),
      answers: () => answered,
      ending: () => Promise.resolve({ status: 2, said: 'peel: no such image' }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    user = new User(driver, { look: null, mayWrite: false });
    await screen.draw(
      ' peel         Images\r\n┏━ Files ━━━━━━━━━┓\r\n┃  one            ┃\r\n┃▸ two            ┃\r\n┗━━━━━━━━━━━━━━━━━┛\r\nready',
    );
  });

  afterEach(() => screen.dispose());

  /** Ends the program, so that nothing is waited for any more; the message of what fails then. */
  async function failureOf(expected: Promise<void>): Promise<string> {
    const failure = expected.catch((error: unknown) => String(error));
    await screen.end('it has ended');
    return (await failure) ?? 'nothing failed';
  }

  it('presses the next key when the screen has answered the last one', async () => {
    const pressing = user.press('a', 'b');
    expect(pressed).toEqual(['a']);
    await screen.draw(`${HOME} peel  one`);
    await screen.until('the next key is pressed', () => pressed.length === 2);
    await screen.draw(`${HOME} peel  two`);
    await pressing;
  });

  it('fails where a key is not answered, and shows the screen', async () => {
    const message = await failureOf(user.press('z'));
    expect(message).toContain('“z” changes the screen');
    expect(message).toContain('┃▸ two            ┃');
  });

  it('waits for what it looks for', async () => {
    const looking = user.pane('Files').lines('one', selected('three'));
    await screen.draw('\x1b[4;4Hthree');
    await looking;
  });

  describe('that something is not there', () => {
    let answer: () => void;

    beforeEach(() => {
      answered = new Promise((resolve) => {
        answer = resolve;
      });
    });

    const absences: [string, () => Promise<void>][] = [
      ['hides', () => user.pane('Files').hides('two')],
      ['seesNot', () => user.seesNot('two')],
    ];
    const ERASED = '\x1b[4;4H   ';

    it.each(absences)('%s: holds when the answer has taken it away', async (_, looks) => {
      const looking = looks();
      await screen.draw(ERASED);
      answer();
      await looking;
    });

    it.each(absences)('%s: fails where it stays', async (_, looks) => {
      answer();
      await expect(looks()).rejects.toThrow('“two”');
    });

    it.each(absences)('%s: fails where it goes away later than with the answer', async (_, looks) => {
      const looking = looks();
      answer();
      await expect(looking).rejects.toThrow('┃▸ two            ┃');
      await screen.draw(ERASED);
    });

    it.each(absences)('%s: fails where it comes with the answer', async (_, looks) => {
      await screen.draw(ERASED);
      const looking = looks();
      await screen.draw('\x1b[4;4Htwo');
      answer();
      await expect(looking).rejects.toThrow('“two”');
    });
  });

  it.each([
    ['another order', ['two', 'one']],
    ['too few', ['one']],
    ['too many', ['one', 'two', 'three']],
    ['the cursor elsewhere', [selected('one'), 'two']],
    ['a part of a line that must be exactly so', [exactly('on'), 'two']],
  ])('takes lines for others: %s', async (_, lines) => {
    const message = await failureOf(user.pane('Files').lines(...lines));
    expect(message).toContain('the pane Files has these lines alone');
  });

  it('takes lines for what they are', async () => {
    const pane = user.pane('Files');
    await pane.lines(exactly('one'), selected(/two$/));
    await pane.topLines('one');
    await pane.containsLines('two');
    await pane.selects('two');
    await pane.hides('three');
    await pane.hasFocus();
    await user.isOn('Images');
    await user.status('ready');
    expect(pane.cursorHeight).toBe(1);
  });

  it('fails where a pane is missing, whatever was expected of it', async () => {
    await expect(user.pane('Waste').hides('one')).rejects.toThrow('the pane Waste hides “one”');
    expect(await failureOf(user.pane('Waste').shows('one'))).toContain('the pane Waste shows “one”');
  });

  it('tells how peel ended where it was to end otherwise', async () => {
    await user.leaves('q', 2, 'no such image');
    await expect(user.leaves('q')).rejects.toThrow('with status 0');
    await expect(user.leaves('q', 2, 'else')).rejects.toThrow('“peel: no such image”');
  });
});
