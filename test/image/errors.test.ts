import { describe, expect, it } from 'vitest';
import { messageOf, PeelError } from '../../src/image/errors.ts';

describe('the message of an error', () => {
  it('is one line that a terminal may be given', () => {
    expect(new PeelError('file', 'a\nb\u001b[2J\u202e').message).toBe('a\\nb\\e[2J\\u202e');
    expect(messageOf(new Error('first \n\n  second\u0007\n'))).toBe('first second\\x07');
    expect(messageOf('thrown as it is')).toBe('thrown as it is');
  });

  it('is no longer than can be read, whatever the image brings into it', () => {
    const { message } = new PeelError('hostile', `A name: ${'x'.repeat(1_000_000)}`);
    expect(message).toMatch(/^A name: x{4000,}…$/);
    expect(message.length).toBeLessThan(5_000);
    expect(messageOf(new Error(`${' '.repeat(300_000)}\n`.repeat(2) + 'x'))).toBe('x');
  });
});
