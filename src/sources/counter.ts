/** Bytes that go by between two reports of how many there were: a fraction of a second's worth. */
const STEP = 4 * 1024 * 1024;

/** A function that counts the chunks shown to it, and reports from time to time how many bytes there were. */
export function counter(report: (bytes: number) => void): (chunk: Uint8Array) => void {
  let bytes = 0;
  let reported = -STEP;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes - reported < STEP) return;
    reported = bytes;
    report(bytes);
  };
}
