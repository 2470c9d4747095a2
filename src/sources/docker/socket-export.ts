import { connect } from 'node:net';
import type { Readable } from 'node:stream';

/** A head longer than this is none; the daemon's takes some 200 bytes. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/** The one answer that is followed by the body and nothing else, to the end of the connection. */
const PLAIN_ANSWER = /^HTTP\/1\.[01] 200 (?![^]*\r\ntransfer-encoding:)/i;

/**
 * An export over the daemon's unix socket, its bytes as they come from the kernel. Node's HTTP client would hand a
 * gigabyte over in 50,000 pieces (the daemon's chunks) and take longer for that than all of peel takes to read what is
 * in them. HTTP/1.0 has no chunks. Null when the answer is anything but the plain export: then it is for a real
 * client to ask again and to understand it.
 * @throws the socket's error.
 */
export function exportOverSocket(
  socketPath: string,
  path: string,
  signal: AbortSignal,
): Promise<Readable | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path: socketPath, signal });
    let received = Buffer.alloc(0);
    const leave = () => {
      socket.destroy();
      resolve(null);
    };
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf(HEAD_END);
      if (end === -1) {
        if (received.length > MAX_HEAD_BYTES) leave();
        return;
      }
      socket.off('data', onData).off('end', leave).off('error', reject);
      if (!PLAIN_ANSWER.test(received.toString('latin1', 0, end))) {
        leave();
        return;
      }
      socket.pause();
      socket.unshift(received.subarray(end + HEAD_END.length));
      resolve(socket);
    };
    socket.on('data', onData).on('end', leave).on('error', reject);
    socket.write(`GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`);
  });
}
