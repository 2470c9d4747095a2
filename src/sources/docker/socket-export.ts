import { connect, type Socket } from 'node:net';
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
  return new PlainExport(socketPath, signal).answerTo(path);
}

/** One request, and the answer to it as a stream. */
class PlainExport {
  private readonly answer: PromiseWithResolvers<Readable | null> = Promise.withResolvers();
  private readonly socket: Socket;
  private readonly body: Readable;
  /** What has come of the head; null when it is over. */
  private head: Buffer | null = Buffer.alloc(0);
  private memory = Buffer.alloc(0);
  private isFull = false;

  constructor(path: string, signal: AbortSignal) {
    this.body = new Readable({
      highWaterMark: HIGH_WATER_MARK,
      read: () => this.goOn(),
      destroy: (error, done) => {
        this.socket.destroy();
        done(error);
      },
    });
    const callback = (length: number) => this.take(this.memory.subarray(0, length));
    this.socket = connect({ path, signal, onread: { buffer: () => this.memoryToFill(), callback } });
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('end', () => this.end());
  }

  /** Null when it is not the plain one. */
  answerTo(path: string): Promise<Readable | null> {
    this.socket.write(`GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`);
    return this.answer.promise;
  }

  /** The same memory for every read, unless somebody still waits for what is in it. */
  private memoryToFill(): Buffer {
    if (this.memory.length === 0 || this.body.readableLength > 0) {
      this.memory = Buffer.allocUnsafeSlow(READ_BYTES);
    }
    return this.memory;
  }

  /** Takes what has come; false when no more should come for now. */
  private take(chunk: Buffer): boolean {
    return this.head === null ? this.push(chunk) : this.takeHead(Buffer.concat([this.head, chunk]));
  }

  private takeHead(head: Buffer): boolean {
    this.head = head;
    const end = head.indexOf(HEAD_END);
    if (end === -1 && head.length <= MAX_HEAD_BYTES) return true;
    if (!PLAIN_ANSWER.test(head.toString('latin1', 0, end))) {
      this.body.destroy();
      this.answer.resolve(null);
      return false;
    }
    this.head = null;
    this.answer.resolve(this.body);
    const rest = head.subarray(end + HEAD_END.length);
    return rest.length === 0 || this.push(rest);
  }

  private push(chunk: Buffer): boolean {
    this.isFull = !this.body.push(chunk);
    return !this.isFull;
  }

  private goOn(): void {
    if (this.isFull) this.socket.resume();
    this.isFull = false;
  }

  /** Before the head has come nobody holds the body, and nobody would hear its error. */
  private fail(error: Error): void {
    if (this.head === null) this.body.destroy(error);
    else this.answer.reject(error);
  }

  private end(): void {
    if (this.head === null) this.body.push(null);
    else this.answer.resolve(null);
  }
}
