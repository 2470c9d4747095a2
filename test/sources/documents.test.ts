import { describe, expect, it } from 'vitest';
import { jsonIn, KeptDocuments } from '../../src/sources/documents.ts';

const MIB = 1024 ** 2;

async function keep(documents: KeptDocuments, name: string, ...pieces: readonly string[]): Promise<void> {
  const sink = documents.sink(name);
  for (const piece of pieces) sink.write(Buffer.from(piece));
  await sink.end();
}

describe('the documents of an archive', () => {
  it('are kept as text, whatever pieces they come in', async () => {
    const documents = new KeptDocuments();
    await keep(documents, 'a', '{"a":', '1}');
    expect(documents.get('a')).toBe('{"a":1}');
    expect(documents.get('b')).toBeUndefined();
  });

  it('may be of any size where nobody asks for them: a bill of materials is no config', async () => {
    const documents = new KeptDocuments();
    await keep(documents, 'bill', '{', ' '.repeat(20 * MIB));
    await keep(documents, 'a', '{}');
    expect(documents.get('a')).toBe('{}');
    expect(documents.has('bill')).toBe(true);
    expect(jsonIn(documents, 'bill')).toBeNull();
    expect(() => documents.get('bill')).toThrow(
      expect.objectContaining({ code: 'hostile', message: 'bill is JSON of more than 16 MiB.' }),
    );
  });

  it('may be many of those, for what is left out takes no room', async () => {
    const documents = new KeptDocuments();
    for (let count = 0; count < 6; count++) await keep(documents, `bill ${count}`, ' '.repeat(17 * MIB));
    await keep(documents, 'a', '{}');
    expect(documents.get('a')).toBe('{}');
  });

  it('are refused where all together are more than can be meant', async () => {
    const documents = new KeptDocuments();
    for (let count = 0; count < 4; count++) await keep(documents, `${count}`, ' '.repeat(16 * MIB));
    await expect(keep(documents, 'last', '{}')).rejects.toMatchObject({
      code: 'hostile',
      message: 'It holds more than 64 MiB of JSON.',
    });
  });
});
