/** A function that counts the chunks shown to it, and reports how many bytes there have been so far. */
export function counter(report: (bytes: number) => void): (chunk: Uint8Array) => void {
  let bytes = 0;
  return (chunk) => report((bytes += chunk.length));
}
