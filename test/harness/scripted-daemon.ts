/**
 * A daemon that does what the test says, when it says so: for screens that a real one shows only for a moment
 * (half an export) or on a bad day (an export that breaks off). How real daemons answer is tested on real ones.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';

/** Of `docker save`: what the daemon's other answers are made from. */
interface SavedConfig {
  readonly architecture: string;
  readonly os: string;
  readonly created: string;
  readonly config: unknown;
  readonly rootfs: { readonly diff_ids: readonly string[] };
  readonly history: readonly { created: string; created_by: string; empty_layer?: boolean }[];
}

interface Saved {
  readonly id: string;
  readonly config: SavedConfig;
  /** Bytes of each layer's uncompressed tar, base first. */
  readonly sizes: readonly number[];
  /** Numbers of the layers, base 0, in the order in which the archive holds them. */
  readonly order: readonly number[];
}

/** What a pull asked for. */
export interface PullRequest {
  readonly query: Readonly<Record<string, string>>;
  /** The header `X-Registry-Auth`. */
  readonly auth: string | undefined;
}

/** What a daemon may leave unanswered: what the image is, or its export, not even the head of which comes. */
export type Silence = 'inspect' | 'export';

interface DaemonManner {
  /** Over TCP, a connection can be reset; default is a unix socket. */
  readonly over?: 'unix' | 'tcp';
  readonly silentOn?: readonly Silence[];
  /** Whether the daemon has the image from the start, as it does by default. */
  readonly isHere?: boolean;
}

/**
 * One image, `shop:latest`, whose export comes in the pieces that the test lets go. It may be missing at first: then a
 * pull goes on line by line, as the test lets it.
 */
export class ScriptedDaemon {
  readonly #server: Server;
  readonly #folder: string;
  readonly #archive: Uint8Array;
  readonly #saved: Saved;
  readonly #silentOn: readonly Silence[];
  /** Requests that have no end of their answer yet. */
  readonly #open = new Set<ServerResponse>();
  #whenNoneWaits: PromiseWithResolvers<void> | null = null;
  #host = '';
  #export: ServerResponse | undefined;
  readonly #asked: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #inspectAsked: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #gone: PromiseWithResolvers<void> = Promise.withResolvers();
  #sent = 0;
  #isHere: boolean;
  #pull: ServerResponse | undefined;
  readonly #pullAsked: PromiseWithResolvers<PullRequest> = Promise.withResolvers();
  readonly #pullGone: PromiseWithResolvers<void> = Promise.withResolvers();

  private constructor(
    archive: Uint8Array,
    saved: Saved,
    { silentOn = [], isHere = true }: Pick<DaemonManner, 'silentOn' | 'isHere'>,
  ) {
    this.#silentOn = silentOn;
    this.#isHere = isHere;
    this.#archive = archive;
    this.#saved = saved;
    this.#folder = mkdtempSync(join(tmpdir(), 'peel-daemon-'));
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** @param archive what `docker save` writes for the image, layers uncompressed. */
  static async start(
    archive: Uint8Array,
    { over = 'unix', ...manner }: DaemonManner = {},
  ): Promise<ScriptedDaemon> {
    const daemon = new ScriptedDaemon(archive, await readSaved(archive), manner);
    const socket = join(daemon.#folder, 'docker.sock');
    if (over === 'unix') daemon.#server.listen(socket);
    else daemon.#server.listen(0, '127.0.0.1');
    await once(daemon.#server, 'listening');
    const address = daemon.#server.address();
    daemon.#host =
      typeof address === 'object' && address !== null
        ? `tcp://127.0.0.1:${address.port}`
        : `unix://${socket}`;
    return daemon;
  }

  /** For DOCKER_HOST. */
  get host(): string {
    return this.#host;
  }

  /** Numbers of the layers, base 0, in the order in which the export brings them. */
  get layerOrder(): readonly number[] {
    return this.#saved.order;
  }

  /** Resolves when the export has been asked for; not a byte of it has gone yet. */
  get exportAsked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Resolves when a daemon that is silent on it has been asked what the image is. */
  get inspectAsked(): Promise<void> {
    return this.#inspectAsked.promise;
  }

  /** Resolves when the client has closed the export before its end. */
  get exportAborted(): Promise<void> {
    return this.#gone.promise;
  }

  /** Resolves when a pull has been asked for; not a line of it has gone yet. */
  get pullAsked(): Promise<PullRequest> {
    return this.#pullAsked.promise;
  }

  /** Resolves when the client has closed a pull before its end. */
  get pullAborted(): Promise<void> {
    return this.#pullGone.promise;
  }

  /** Says how the pull goes on. */
  async tellPull(...lines: readonly unknown[]): Promise<void> {
    await this.pullAsked;
    for (const line of lines) this.#pull?.write(`${JSON.stringify(line)}\r\n`);
  }

  /** Ends the pull: the image is here. */
  async finishPull(): Promise<void> {
    await this.pullAsked;
    this.#isHere = true;
    this.#pull?.end();
  }

  /** Refuses the pull before it has begun. */
  async refusePull(status: number, message: string): Promise<void> {
    await this.pullAsked;
    if (this.#pull !== undefined) send(this.#pull, status, { message });
  }

  /** Sends the export up to `share` (0 to 1) of its bytes; at 1 it is complete. */
  async sendUpTo(share: number): Promise<void> {
    await this.exportAsked;
    const end = Math.round(this.#archive.length * share);
    this.#export?.write(this.#archive.subarray(this.#sent, end));
    this.#sent = end;
    if (share === 1) this.#export?.end();
  }

  /** Ends the export as a daemon does that fails after it said 200 OK: with a JSON error in place of bytes. */
  async failWith(message: string): Promise<void> {
    await this.exportAsked;
    this.#export?.end(JSON.stringify({ message }) + '\n');
  }

  /** Cuts the connection in the middle of the export. */
  async breakOff(): Promise<void> {
    await this.exportAsked;
    this.#export?.destroy();
  }

  /** Sends all of the export, but not the end of the answer. */
  async sendAllButEnd(): Promise<void> {
    await this.exportAsked;
    this.#export?.write(this.#archive.subarray(this.#sent));
    this.#sent = this.#archive.length;
  }

  /** Goes on with a few bytes every now and then, without end. */
  async trickle(): Promise<void> {
    await this.exportAsked;
    const response = this.#export;
    const dripping = setInterval(() => {
      response?.write(this.#archive.subarray(this.#sent, (this.#sent += 7)));
    }, 50);
    response?.on('close', () => clearInterval(dripping));
  }

  /** Resets the connection of the export (RST): over TCP alone. */
  async reset(): Promise<void> {
    await this.exportAsked;
    this.#export?.socket?.resetAndDestroy();
  }

  /** The same when half a head has been sent. Only an export that is not answered has none yet. */
  async resetInHead(): Promise<void> {
    await this.exportAsked;
    const socket = this.#export?.socket;
    socket?.write('HTTP/1.1 200 OK\r\nContent-Ty', () => socket.resetAndDestroy());
  }

  /** Resolves as soon as no request waits for the end of its answer any more. */
  get noneWaits(): Promise<void> {
    this.#whenNoneWaits ??= Promise.withResolvers();
    if (this.#open.size === 0) this.#whenNoneWaits.resolve();
    return this.#whenNoneWaits.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '');
    this.#open.add(response);
    response.on('close', () => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#whenNoneWaits?.resolve();
    });
    if (path === '/_ping') response.setHeader('Api-Version', '1.47').end('OK');
    else if (path === '/version')
      send(response, 200, {
        Version: '27.0.0',
        ApiVersion: '1.47',
        MinAPIVersion: '1.24',
        Os: 'linux',
        Arch: 'amd64',
      });
    else if (path.startsWith('/info'))
      send(response, 200, { Driver: 'overlay2', DockerRootDir: join(this.#folder, 'nothing') });
    else if (path.startsWith('/images/create?')) this.#startPull(request, response);
    else if (path.startsWith('/images/json')) send(response, 200, [this.#summary()]);
    else if (!this.#isHere) send(response, 404, { message: `No such image: ${path}` });
    else if (/^\/images\/get\?|^\/images\/[^/]+\/get/.test(path)) this.#startExport(response);
    else if (/^\/images\/shop(:|%3A)latest\/json/.test(path)) {
      if (this.#silentOn.includes('inspect')) this.#inspectAsked.resolve();
      else send(response, 200, this.#inspect());
    } else if (/^\/images\/shop(:|%3A)latest\/history/.test(path)) send(response, 200, this.#history());
    else send(response, 404, { message: `No such image: ${path}` });
  }

  #startPull(request: IncomingMessage, response: ServerResponse): void {
    this.#pull = response;
    response.on('close', () => {
      if (!response.writableFinished) this.#pullGone.resolve();
    });
    const { searchParams } = new URL(request.url ?? '', 'http://docker');
    const auth = request.headers['x-registry-auth'];
    this.#pullAsked.resolve({
      query: Object.fromEntries(searchParams),
      auth: typeof auth === 'string' ? auth : undefined,
    });
  }

  #startExport(response: ServerResponse): void {
    this.#export = response;
    if (!this.#silentOn.includes('export')) {
      response.writeHead(200, { 'Content-Type': 'application/x-tar' });
      response.flushHeaders();
    }
    response.on('close', () => {
      if (!response.writableFinished) this.#gone.resolve();
    });
    this.#asked.resolve();
  }

  #summary(): unknown {
    const { id, config } = this.#saved;
    const Size = this.#saved.sizes.reduce((sum, size) => sum + size, 0);
    return {
      Id: id,
      // A daemon without the image has another one, of a name nearby.
      RepoTags: [this.#isHere ? 'shop:latest' : 'shop:old'],
      RepoDigests: [],
      Created: Date.parse(config.created) / 1000,
      Size,
      VirtualSize: Size,
      SharedSize: -1,
      Containers: -1,
      Labels: null,
      ParentId: '',
    };
  }

  #inspect(): unknown {
    const { id, config, sizes } = this.#saved;
    return {
      Id: id,
      RepoTags: ['shop:latest'],
      RepoDigests: [],
      Created: config.created,
      Architecture: config.architecture,
      Os: config.os,
      Size: sizes.reduce((sum, size) => sum + size, 0),
      Config: config.config,
      RootFS: { Type: 'layers', Layers: config.rootfs.diff_ids },
      GraphDriver: { Name: 'overlay2', Data: null },
    };
  }

  /** Newest first, as the daemon lists it. */
  #history(): unknown {
    let layer = 0;
    const rows = this.#saved.config.history.map((step) => ({
      Id: '<missing>',
      Created: Date.parse(step.created) / 1000,
      CreatedBy: step.created_by,
      Tags: null,
      Size: step.empty_layer === true ? 0 : (this.#saved.sizes[layer++] ?? 0),
      Comment: '',
    }));
    return rows.reverse();
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Api-Version': '1.47' })
    .end(JSON.stringify(body));
}

/** Reads what the daemon must know about its image out of the archive. */
async function readSaved(archive: Uint8Array): Promise<Saved> {
  const members = new Map<string, Buffer>();
  const reader = extract();
  reader.end(Buffer.from(archive));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    members.set(entry.header.name, Buffer.concat(chunks));
  }
  const parse = (name: string): unknown => JSON.parse(String(members.get(name)));
  const [manifest] = parse('manifest.json') as { Config: string; Layers: string[] }[];
  if (manifest === undefined) throw new Error('the archive has no image');
  const hex = manifest.Config.replace(/^.*\//, '').replace(/\.json$/, '');
  return {
    id: `sha256:${hex}`,
    config: parse(manifest.Config) as SavedConfig,
    sizes: manifest.Layers.map((name) => members.get(name)?.length ?? 0),
    order: [...members.keys()].map((name) => manifest.Layers.indexOf(name)).filter((layer) => layer >= 0),
  };
}
