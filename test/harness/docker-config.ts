/** A folder of the docker CLI's configuration, with contexts as `docker context create` writes them. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class DockerConfig implements Disposable {
  /** For DOCKER_CONFIG. */
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'peel-docker-config-'));
  }

  /** Writes config.json. */
  config(text: string): this {
    writeFileSync(join(this.folder, 'config.json'), text);
    return this;
  }

  /** What `docker context use` does. */
  use(name: string): this {
    return this.config(JSON.stringify({ auths: {}, currentContext: name }));
  }

  /** Adds a context; `docker` is its docker endpoint, and undefined leaves it out. */
  context(name: string, docker: unknown, tls: Readonly<Record<string, string | Buffer>> = {}): this {
    this.meta(name, JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }));
    for (const [file, content] of Object.entries(tls))
      this.write(join('tls', idOf(name), 'docker', file), content);
    return this;
  }

  /** Adds a context whose meta.json is this text. */
  meta(name: string, text: string): this {
    this.write(join('meta', idOf(name), 'meta.json'), text);
    return this;
  }

  private write(path: string, content: string | Buffer): void {
    const file = join(this.folder, 'contexts', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
