import { connect } from 'node:net';
import { Readable } from 'node:stream';

/** A head longer than this is none; the daemon's takes some 200 bytes. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/** The one answer that is followed by the body and nothing else, to the end of the connection. */
const PLAIN_ANSWER = /^HTTP\/1\.[01] 200 (?![^]*\r\ntransfer-encoding:)/i;

/** As much as a unix socket holds at most, and a processor's cache as well. */
const READ_BYTES = 256 * 1024;

/** Bytes that may wait for whoever reads the export. */
const HIGH_WATER_MARK = 1024 * 1024;

/**
 * An export over the daemon's unix socket, its bytes as the kernel hands them over. Node's HTTP client would hand
 * over a gigabyte in 50,000 pieces (the daemon's chunks) and take longer for that than all of peel takes to read what
 * is in them. HTTP/1.0 has no chunks. A `data` listener has each piece while it is called, not longer: the memory is
 * filled anew. Null when the answer is anything but the plain export: then it is for a real
 * client to ask again and to understand it.
 * @throws the socket's error.
 */
export function exportOverSocket(
  socketPath: string,
  path: string,
  signal: AbortSignal,
): Promise<Readable | null> {
  return new Promise((resolve, reject) => {
    let head: Buffer | null = Buffer.alloc(0);
    let memory = Buffer.alloc(0);
    let isFull = false;
    const socket = connect({
      path: socketPath,
      signal,
      onread: { buffer: () => memoryToFill(), callback: (length) => take(memory.subarray(0, length)) },
    });
    const body = new Readable({
      highWaterMark: HIGH_WATER_MARK,
      read: () => {
        if (isFull) socket.resume();
        isFull = false;
      },
      destroy: (error, callback) => {
        socket.destroy();
        callback(error);
      },
    });

    /** The same memory for every read, unless somebody still waits for what is in it. */
    function memoryToFill(): Buffer {
      if (memory.length === 0 || body.readableLength > 0) memory = Buffer.allocUnsafeSlow(READ_BYTES);
      return memory;
    }

    /** Takes what has come; false when no more should come for now. */
    function take(chunk: Buffer): boolean {
      if (head === null) return push(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(HEAD_END);
      if (end === -1 && head.length <= MAX_HEAD_BYTES) return true;
      if (!PLAIN_ANSWER.test(head.toString('latin1', 0, end))) {
        body.destroy();
        resolve(null);
        return false;
      }
      const rest = head.subarray(end + HEAD_END.length);
      head = null;
      resolve(body);
      return rest.length === 0 || push(rest);
    }

    function push(chunk: Buffer): boolean {
      isFull = !body.push(chunk);
      return !isFull;
    }

    socket.on('error', (error) => {
      // Before the head has come nobody holds the body, and nobody would hear its error.
      if (head === null) body.destroy(error);
      else reject(error);
    });
    socket.on('end', () => {
      if (head === null) body.push(null);
      else resolve(null);
    });
    socket.write(`GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`);
  });
}
