import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { eachMember } from '../../src/sources/archive-members.ts';
import { IGNORE } from '../../src/tar/byte-sink.ts';

async function oneMember(): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'manifest.json' }, '[]');
  tar.finalize();
  return buffer(tar);
}

describe('the members of an archive', () => {
  it('have all gone by when the tar has ended, though its stream goes on', async () => {
    const stream = new PassThrough();
    const names: string[] = [];
    const passage = eachMember({ stream }, ({ name }) => {
      names.push(name);
      return IGNORE;
    });
    stream.write(await oneMember());
    await passage.whole;
    expect(names).toEqual(['manifest.json']);
    stream.end();
    await passage.ended;
  });

  it('have all gone by when a tar without an end of its own has come', async () => {
    const stream = new PassThrough();
    const passage = eachMember({ stream }, () => IGNORE);
    stream.end((await oneMember()).subarray(0, 1024));
    await passage.whole;
    await passage.ended;
  });

  it('are not whole when the stream fails, and say why in both ways', async () => {
    const stream = new PassThrough();
    const passage = eachMember({ stream }, () => IGNORE);
    stream.end((await oneMember()).subarray(0, 700));
    await expect(passage.whole).rejects.toMatchObject({ code: 'broken-stream' });
    await expect(passage.ended).rejects.toMatchObject({ code: 'broken-stream' });
  });
});
