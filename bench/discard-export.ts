// The yardstick: the least that a Node program can do with an export, which is to receive it.
//
//   node discard-export.ts HOST IMAGE      prints the number of bytes received
import { get, type RequestOptions } from 'node:http';

const [, , host = '', image = ''] = process.argv;
const url = new URL(host);
const target: RequestOptions =
  url.protocol === 'unix:' ? { socketPath: url.pathname } : { host: url.hostname, port: url.port };

get({ ...target, path: `/images/get?names=${encodeURIComponent(image)}` }, (response) => {
  if (response.statusCode !== 200) throw new Error(`the daemon answered ${response.statusCode ?? 'nothing'}`);
  let bytes = 0;
  response.on('data', (chunk: Buffer) => (bytes += chunk.length));
  response.on('end', () => {
    console.log(bytes);
  });
});
