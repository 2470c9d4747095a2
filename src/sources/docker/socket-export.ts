import { connect } from 'node:net';
import { Readable } from 'node:stream';

/** A head longer than this is none; the daemon's takes some 200 bytes. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/** The one answer that is followed by the body and nothing else, to the end of the connection. */
const PLAIN_ANSWER = /^HTTP\/1\.[01] 200 (?![^]*\r\ntransfer-encoding:)/i;

/** Bytes that may wait for whoever reads the export. */
const HIGH_WATER_MARK = 1024 * 1024;

/**
 * An export over the daemon's unix socket, its bytes as the kernel hands them over. Node's HTTP client would hand
 * over a gigabyte in 50,000 pieces (the daemon's chunks) and take longer for that than all of peel takes to read what
 * is in them. HTTP/1.0 has no chunks. Null when the answer is anything but the plain export: then it is for a real
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
    const slab = new Slab();
    const socket = connect({
      path: socketPath,
      signal,
      onread: { buffer: () => slab.free(), callback: (length) => take(slab.used(length)) },
    });
    const body = new Readable({
      highWaterMark: HIGH_WATER_MARK,
      read: () => void socket.resume(),
      destroy: (error, callback) => {
        socket.destroy();
        callback(error);
      },
    });

    /** Takes what has come; false when no more should come for now. */
    function take(chunk: Buffer): boolean {
      if (head === null) return body.push(chunk);
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
      return rest.length === 0 || body.push(rest);
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

/** As much as one read of a socket is given at least. */
const READ_BYTES = 64 * 1024;

/**
 * Memory that reads fill one after the other without a gap: a socket left to itself takes 64 KiB anew for every few
 * bytes it reads.
 */
class Slab {
  private memory = Buffer.alloc(0);
  private filled = 0;

  /** Room for the next read. */
  free(): Buffer {
    if (this.memory.length - this.filled < READ_BYTES) {
      this.memory = Buffer.allocUnsafeSlow(16 * READ_BYTES);
      this.filled = 0;
    }
    return this.memory.subarray(this.filled);
  }

  /** What a read of `length` bytes has filled. */
  used(length: number): Buffer {
    const start = this.filled;
    this.filled += length;
    return this.memory.subarray(start, this.filled);
  }
}
