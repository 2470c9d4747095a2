/** Bytes that go by between two reports of how many there were: a fraction of a second's worth. */
const STEP = 4 * 1024 * 1024;

/** The same stream; `report` hears from time to time how many bytes have gone by. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  report: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  let reported = -STEP;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes - reported >= STEP) {
      reported = bytes;
      report(bytes);
    }
    yield chunk;
  }
  report(bytes);
}
