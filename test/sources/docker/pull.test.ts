import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PulledLayer } from '../../../src/image/source.ts';
import { followPull } from '../../../src/sources/docker/pull.ts';

/** The layers as they are told of last, given what a daemon answers in these pieces. */
async function pulled(...pieces: readonly string[]): Promise<readonly PulledLayer[]> {
  let last: readonly PulledLayer[] = [];
  await followPull(Readable.from(pieces.map((piece) => Buffer.from(piece))), 'shop:1', (layers) => {
    last = layers;
  });
  return last;
}

const line = (value: unknown): string => `${JSON.stringify(value)}\r\n`;
const step = (status: string, progressDetail: unknown = {}, id = 'a1'): string =>
  line({ status, progressDetail, id });
const layer = async (...steps: readonly string[]) => (await pulled(...steps))[0];

describe('a layer that is pulled', () => {
  it('waits, with nothing known of it', async () => {
    expect(await layer(step('Pulling fs layer'), step('Waiting'))).toEqual({
      id: 'a1',
      status: 'Waiting',
      fetched: 0,
      total: null,
      share: null,
      isDone: false,
    });
  });

  it('is downloaded, byte by byte', async () => {
    const steps = [
      step('Downloading', { current: 10, total: 40 }),
      step('Downloading', { current: 30, total: 40 }),
    ];
    expect(await layer(...steps)).toMatchObject({ fetched: 30, total: 40, share: 0.75 });
  });

  it('has come once something else is done with it', async () => {
    const downloading = step('Downloading', { current: 39, total: 40 });
    for (const status of ['Verifying Checksum', 'Download complete']) {
      expect(await layer(downloading, step(status))).toMatchObject({
        fetched: 40,
        total: 40,
        share: 1,
        isDone: false,
      });
    }
    expect(await layer(downloading, step('Extracting', { current: 10, total: 40 }))).toMatchObject({
      fetched: 40,
      share: 0.25,
    });
    expect(await layer(downloading, step('Pull complete'))).toMatchObject({
      fetched: 40,
      share: 1,
      isDone: true,
    });
  });

  it('is extracted for so many seconds by containerd’s store, which are no bytes', async () => {
    const steps = [
      step('Downloading', { current: 40, total: 40 }),
      step('Extracting', { current: 7, units: 's' }),
    ];
    expect(await layer(...steps)).toMatchObject({
      status: 'Extracting',
      fetched: 40,
      total: 40,
      share: null,
    });
  });

  it('need not be fetched where it is there already', async () => {
    const steps = [step('Already exists', { hidecounts: true }), step('Pull complete', { hidecounts: true })];
    expect(await layer(...steps)).toMatchObject({ fetched: 0, total: 0, share: 1, isDone: true });
  });

  it('is no obstacle to knowing the total where its own was never told, as of the configs that Podman lists', async () => {
    expect(await layer(step('Pulling fs layer'), step('Download complete'))).toMatchObject({
      total: 0,
      fetched: 0,
    });
  });

  it('may be of a length that its registry does not tell', async () => {
    expect(await layer(step('Downloading', { current: 10, total: -1 }))).toMatchObject({
      fetched: 10,
      total: null,
      share: null,
    });
  });
});

describe('the answer to a pull', () => {
  it('tells of layers in the order in which they came up, and of nothing else', async () => {
    const layers = await pulled(
      line({ status: 'Pulling from library/shop', id: '1' }),
      step('Waiting', {}, 'b2'),
      step('Waiting', {}, 'a1'),
      step('Downloading', { current: 1, total: 2 }, 'b2'),
      line({ status: 'Digest: sha256:00' }),
      line({ status: 'Status: Downloaded newer image for shop:1' }),
    );
    expect(layers.map(({ id, status }) => `${id} ${status}`)).toEqual(['b2 Downloading', 'a1 Waiting']);
  });

  it('may come in any pieces, within a character too, and its last line without an end', async () => {
    const whole = Buffer.from(step('Herunterlädt') + step('Pull complete', {}, 'b2').trimEnd());
    const pieces = Array.from(whole, (byte) => Buffer.from([byte]));
    let last: readonly PulledLayer[] = [];
    await followPull(Readable.from(pieces), 'shop:1', (layers) => {
      last = layers;
    });
    expect(last.map(({ status }) => status)).toEqual(['Herunterlädt', 'Pull complete']);
  });

  it('is an error with the daemon’s words, harmless to a terminal', async () => {
    const failing = pulled(
      step('Waiting'),
      line({ error: 'short', errorDetail: { message: 'no \u001b[31mspace' } }),
    );
    await expect(failing).rejects.toMatchObject({
      code: 'daemon-error',
      message: 'The daemon cannot pull shop:1: no \\e[31mspace',
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['a line without end', 'x'.repeat(1024 * 1024 + 1)],
  ])('is refused when it is %s', async (_, text) => {
    await expect(pulled(text)).rejects.toMatchObject({
      code: 'daemon-error',
      message: 'The daemon cannot pull shop:1: it answers with something else than progress',
    });
  });
});
