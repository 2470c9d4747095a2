// The yardstick: the least that can be done with an export, which is to receive it. Over a unix socket it is received
// as an HTTP/1.0 body into one piece of memory that is used again and again: no program can do less.
//
//   node discard-export.ts HOST IMAGE      prints the number of bytes received, the answer's head included
import { connect, type NetConnectOpts } from 'node:net';

const [, , host = '', image = ''] = process.argv;
const url = new URL(host);
const target: NetConnectOpts =
  url.protocol === 'unix:' ? { path: url.pathname } : { host: url.hostname, port: Number(url.port) };

let bytes = 0;
const onread = {
  buffer: Buffer.alloc(1024 * 1024),
  callback(length: number, memory: Uint8Array): boolean {
    if (bytes === 0 && !Buffer.from(memory.subarray(0, 12)).toString().endsWith(' 200')) {
      throw new Error(`the daemon refuses to export ${image}`);
    }
    bytes += length;
    return true;
  },
};
const socket = connect({ ...target, onread });
socket.on('end', () => {
  console.log(bytes);
});
socket.write(`GET /images/get?names=${encodeURIComponent(image)} HTTP/1.0\r\nHost: docker\r\n\r\n`);
