import { describe, expect, it } from 'vitest';
import { openShell, prompts } from '../harness/terminal.ts';
import { fills, openSample, read, sizes } from './sample.ts';

describe.each(sizes)('^Z at $columns x $rows', (size) => {
  it('gives the terminal to the shell; fg brings the same screen back, and its keys', async () => {
    await using shell = await openShell(size);
    shell.type('peel --sample\n');
    await shell.screen.shows(read);
    await shell.step('j', 'j', 'tab');
    const before = shell.screen.text();

    shell.press('ctrl-z');
    await shell.screen.shows('Stopped');
    await prompts(shell);
    expect(shell.screen.buffer).toBe('normal');
    expect(shell.screen.cursorVisible).toBe(true);
    expect(shell.screen.modes).toEqual([]);
    shell.type('echo in between\n');
    await shell.screen.shows(/^in between$/m);
    await prompts(shell);

    shell.type('fg\n');
    await shell.screen.becomes(before);
    expect(shell.screen.buffer).toBe('alternate');
    expect(shell.screen.cursorVisible).toBe(false);
    await shell.step('j');
    await shell.screen.selects('lib/');

    shell.press('q');
    await prompts(shell);
    expect(shell.screen.text()).toContain('in between');
    expect(shell.screen.modes).toEqual([]);
  });

  it('may come again, and the size may have changed in between', async () => {
    await using shell = await openShell(size);
    shell.type('peel --sample\n');
    await shell.screen.shows(read);
    shell.press('ctrl-z');
    await shell.screen.shows('Stopped');
    await prompts(shell);
    await shell.resize(100, 30);
    shell.type('fg\n');
    await fills(shell.screen);
    shell.press('ctrl-z');
    await prompts(shell);
    shell.type('fg\n');
    await shell.screen.shows(read);
    shell.press('q');
    await prompts(shell);
  });

  it('does no harm where no shell could continue it', async () => {
    await using peel = await openSample(size);
    const before = peel.screen.text();
    peel.press('ctrl-z');
    peel.press('G');
    await peel.screen.selects('CMD ["');
    peel.press('g');
    await peel.screen.until(
      'the first layer is chosen',
      () => peel.screen.text().replace(/\n[^\n]*$/, '') === before.replace(/\n[^\n]*$/, ''),
    );
    expect(peel.screen.buffer).toBe('alternate');
    expect(peel.screen.cursorVisible).toBe(false);
  });
});
