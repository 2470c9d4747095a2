import { describe, expect, it } from 'vitest';
import { PeelError } from '../../../src/image/errors.ts';
import {
  daemonMessage,
  exportFailure,
  httpStatus,
  systemCode,
  Tail,
} from '../../../src/sources/docker/failures.ts';

/** The tail of an export that came in these chunks. */
function tailOf(...chunks: readonly (string | Buffer)[]): Tail {
  const tail = new Tail();
  for (const chunk of chunks) tail.see(Buffer.from(chunk));
  return tail;
}

const BLOCKS = Buffer.alloc(100_000, 'x');

describe('the end of an export', () => {
  it.each([
    ['{"message":"no space left"}', 'no space left'],
    ['{"error":"no space left"}', 'no space left'],
    ['{"errorDetail":{"message":"no space left"},"error":"failed"}', 'no space left'],
    ['{"errorDetail":{"code":1},"error":"failed"}', 'failed'],
    ['{"message":"no space left"}\r\n', 'no space left'],
    ['{"message":"a \\"quoted\\" {word}"}\n', 'a "quoted" {word}'],
    ['{"message":"kaputt: größe"}', 'kaputt: größe'],
  ])('tells the daemon’s error: %s', (json, message) => {
    expect(tailOf(BLOCKS, json).error()).toBe(message);
  });

  it('tells it in whatever pieces it comes', () => {
    const whole = Buffer.concat([BLOCKS, Buffer.from('{"message":"no space left"}\n')]);
    for (const size of [1, 7, 1000, 4096, 5000, whole.length]) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) =>
        whole.subarray(n * size, (n + 1) * size),
      );
      if (size > 1) expect(tailOf(...chunks).error()).toBe('no space left');
      else expect(tailOf(...chunks.slice(-5000)).error()).toBe('no space left');
    }
  });

  it.each([
    ['nothing', ''],
    ['a tar’s empty blocks', Buffer.alloc(1024)],
    ['JSON that is no error', '{"layers":[]}'],
    ['an error that is cut off', '{"message":"no space le'],
    ['an error with something behind it', '{"message":"x"} and more'],
    ['braces alone', '}}}'],
    ['an error without a message', '{"error":""}'],
  ])('tells of none where it is %s', (_, end) => {
    expect(tailOf(BLOCKS, end).error()).toBeNull();
    expect(tailOf(end).error()).toBeNull();
  });
});

describe('a failed export', () => {
  const cause = new Error('aborted');

  it('is the daemon’s error, where it said one; harmless for a terminal', () => {
    const error = exportFailure(cause, tailOf('{"message":"no \\u001b[31mspace"}'), 'shop:1');
    expect(error).toMatchObject({ code: 'daemon-error', cause });
    expect(error.message).toBe('The daemon failed to export shop:1: no \\e[31mspace');
  });

  it('was refused, where the daemon has answered so', () => {
    const refused = Object.assign(new Error('(HTTP code 500) unexpected - no space'), { statusCode: 500 });
    expect(exportFailure(refused, tailOf(''), 'shop:1')).toMatchObject({
      code: 'daemon-error',
      message: 'The daemon cannot export shop:1: no space',
      cause: refused,
    });
  });

  it('broke off, where the stream did', () => {
    expect(exportFailure(cause, tailOf(''), 'shop:1')).toMatchObject({
      code: 'broken-stream',
      message: 'The export of shop:1 broke off (aborted): see the daemon’s log, then try again.'.replace(
        '’',
        "'",
      ),
    });
    const early = new PeelError('broken-stream', 'It ends too early: the archive was cut off.');
    expect(exportFailure(early, tailOf(''), 'shop:1')).toMatchObject({
      code: 'broken-stream',
      message: expect.stringContaining('(it ended too early)') as string,
    });
  });

  it('is what is wrong with the image, where that is it', () => {
    const hostile = new PeelError('hostile', 'A name climbs out.');
    expect(exportFailure(hostile, tailOf(''), 'shop:1')).toMatchObject({
      code: 'hostile',
      message: 'shop:1: A name climbs out.',
    });
  });
});

describe('an error of the daemon', () => {
  it('is told in its own words, on one line, harmless', () => {
    expect(daemonMessage({ json: { message: 'no such image: x' }, message: '(HTTP code 404) …' })).toBe(
      'no such image: x',
    );
    expect(daemonMessage(new Error('one\n two'))).toBe('one two');
    expect(daemonMessage({ json: { message: '\u001b[31m' } })).toBe('\\e[31m');
    expect(daemonMessage({ json: {}, message: 'x' })).not.toBe('');
  });

  it('has a status, or a code of the system, or neither', () => {
    expect([httpStatus({ statusCode: 404 }), httpStatus({ statusCode: '404' }), httpStatus(null)]).toEqual([
      404,
      null,
      null,
    ]);
    expect([systemCode({ code: 'ENOENT' }), systemCode({ code: 7 }), systemCode('x')]).toEqual([
      'ENOENT',
      null,
      null,
    ]);
  });
});
