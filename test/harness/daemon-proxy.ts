// Stands in front of the real daemon on a Unix socket and passes everything through, but does to an export
// what daemons do on a bad day.
import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  request,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What happens to the body of an export: write what the client shall get, then end or break the response. */
export type ExportFault = (body: AsyncIterable<Buffer>, response: ServerResponse) => Promise<void>;

/** A running proxy. */
export interface DaemonProxy {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Resolves when a client has gone before its export was over. */
  readonly clientGone: Promise<void>;
  close(): Promise<void>;
}

/** Passes the first `length` bytes on. */
export async function passBytes(
  body: AsyncIterable<Buffer>,
  response: ServerResponse,
  length: number,
): Promise<void> {
  let left = length;
  for await (const chunk of body) {
    const part = chunk.subarray(0, left);
    left -= part.length;
    await new Promise<unknown>((resolve) => response.write(part, resolve));
    if (left === 0) return;
  }
}

function upstream(host: string): RequestOptions {
  const url = new URL(host);
  return url.protocol === 'unix:' ? { socketPath: url.pathname } : { host: url.hostname, port: url.port };
}

/** True if the proxy can stand in front of this host: it speaks plain HTTP, without certificates. */
export function canStandBefore(host: string): boolean {
  return host.startsWith('unix://') || (/^(tcp|http):/.test(host) && !process.env['DOCKER_TLS_VERIFY']);
}

/** Starts a proxy for the daemon at `host`. */
export async function proxyDaemon(host: string, fault: ExportFault): Promise<DaemonProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-proxy-'));
  const socket = join(folder, 'docker.sock');
  const { promise: clientGone, resolve: gone } = Promise.withResolvers<undefined>();

  const answer = (from: IncomingMessage, to: ServerResponse, isExport: boolean): void => {
    // How the body is framed is between each two of them: a client of HTTP/1.0 knows no chunks.
    const { 'transfer-encoding': _, ...headers } = from.headers;
    to.writeHead(from.statusCode ?? 502, headers);
    if (!isExport) {
      from.pipe(to);
      return;
    }
    to.on('close', () => {
      from.destroy();
      if (!to.writableFinished) gone(undefined);
    });
    // The client may leave in the middle: then there is nobody left to tell.
    fault(from, to).catch(() => to.destroy());
  };

  const server = createServer((asked, response) => {
    const path = asked.url ?? '/';
    const isExport = /\/images\/(.+\/)?get(\?|$)/.test(path);
    const forwarded = request({ ...upstream(host), path, method: asked.method, headers: asked.headers });
    forwarded.on('response', (from) => {
      answer(from, response, isExport);
    });
    forwarded.on('error', () => response.destroy());
    asked.pipe(forwarded);
  });
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  return {
    host: `unix://${socket}`,
    clientGone,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
