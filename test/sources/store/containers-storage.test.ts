/** Podman's files, laid down as containers/storage lays them down. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readContainersStorage } from '../../../src/sources/store/containers-storage.ts';

const DIFF_IDS = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);
const CONFIG = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: DIFF_IDS } });
const HEX = createHash('sha256').update(CONFIG).digest('hex');
const ID = `sha256:${HEX}`;
const LAYERS = [
  { id: 'upper', parent: 'base', 'diff-digest': DIFF_IDS[1] },
  { id: 'base', 'diff-digest': DIFF_IDS[0] },
];

describe('an image in Podman’s files', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'peel-storage-'));
    mkdirSync(join(root, 'overlay-images', HEX), { recursive: true });
    mkdirSync(join(root, 'overlay-layers'));
    lay(LAYERS);
    write(`overlay-images/${HEX}/=${Buffer.from(ID).toString('base64')}`, CONFIG);
    write('overlay-images/images.json', JSON.stringify([{ id: HEX, layer: 'upper' }]));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(root, name), text);
  const lay = (layers: readonly object[]) => write('overlay-layers/layers.json', JSON.stringify(layers));
  const read = () => readContainersStorage({ root, driver: 'overlay' }, ID);

  it('has its layers from the base up, each with its tar-split and its directory', async () => {
    const { config, layers } = await read();
    expect(config.diffIds).toEqual(DIFF_IDS);
    expect(layers).toEqual(
      ['base', 'upper'].map((id) => ({
        split: join(root, `overlay-layers/${id}.tar-split.gz`),
        directory: join(root, 'overlay', id, 'diff'),
      })),
    );
  });

  it('is not read where its layers are others than its config says', async () => {
    lay([{ ...LAYERS[0], 'diff-digest': DIFF_IDS[0] }, LAYERS[1] ?? {}]);
    await expect(read()).rejects.toThrow(/others than its config says/);
    lay([LAYERS[0] ?? {}]);
    await expect(read()).rejects.toThrow(/knows no layer base/);
  });

  it('is not read where a layer is its own parent', async () => {
    lay([{ ...LAYERS[0], parent: 'upper' }]);
    await expect(read()).rejects.toThrow(/others than its config says/);
  });

  it('is not read where its config is another one', async () => {
    write(`overlay-images/${HEX}/=${Buffer.from(ID).toString('base64')}`, `${CONFIG} `);
    await expect(read()).rejects.toThrow(/is another one/);
  });

  it('is not sought under a name that could lead anywhere', async () => {
    await expect(readContainersStorage({ root, driver: '../x' }, ID)).rejects.toThrow(/names no file/);
    await expect(readContainersStorage({ root, driver: 'overlay' }, 'sha256:../..')).rejects.toThrow(
      /no SHA-256/,
    );
    lay([
      { ...LAYERS[0], parent: '../../etc' },
      { ...LAYERS[1], id: '../../etc' },
    ]);
    await expect(read()).rejects.toThrow(/names no file/);
  });
});
