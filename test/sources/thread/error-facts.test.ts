import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PeelError } from '../../../src/image/errors.ts';
import { errorOf, factsOfError } from '../../../src/sources/thread/error-facts.ts';
import { isOfSystem } from '../../../src/sources/unreadable.ts';
import { TarError } from '../../../src/tar/tar-error.ts';

/** The error as it arrives in another thread. */
const arrived = (error: unknown) => errorOf(structuredClone(factsOfError(error)));

describe('an error that goes to another thread', () => {
  it('is there what it was here', () => {
    expect(arrived(new TarError('truncated', 'Unexpected end.'))).toStrictEqual(
      new TarError('truncated', 'Unexpected end.'),
    );
    const hostile = arrived(new PeelError('hostile', 'A name of \u001b[2J'));
    expect(hostile).toBeInstanceOf(PeelError);
    expect(hostile).toMatchObject({ code: 'hostile', message: 'A name of \\e[2J' });
  });

  it('is still one of the system', () => {
    const [error] = [() => readFileSync('/proc/self/mem/nothing')].map((read) => {
      try {
        return read();
      } catch (thrown) {
        return thrown;
      }
    });
    expect(isOfSystem(arrived(error))).toBe(true);
    expect(arrived(error)).toMatchObject({ code: 'ENOTDIR', message: (error as Error).message });
  });

  it('says at least what it says, whatever it is', () => {
    expect(arrived(new RangeError('too much'))).toMatchObject({ message: 'too much' });
    expect(arrived('thrown as it is')).toMatchObject({ message: 'thrown as it is' });
  });
});
