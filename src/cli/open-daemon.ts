import { PeelError } from '../image/errors.ts';
import type { ImageSource } from '../image/source.ts';
import type { Arguments } from './arguments.ts';
import { podmanEnvironment } from './podman-socket.ts';
import type { Engine } from './target.ts';

/** What is asked of a daemon, whichever image it is. */
export type DaemonRequest = Pick<Arguments, 'host' | 'context' | 'platform' | 'verify'>;

/**
 * An image of a daemon.
 * @throws PeelError when no daemon answers.
 */
export async function openFromDaemon(
  reference: string,
  { host, context, platform, verify }: DaemonRequest,
  signal: AbortSignal,
  engine: Engine = 'docker',
): Promise<ImageSource> {
  if (platform !== null) {
    throw new PeelError(
      'arguments',
      `--platform chooses in archives and layouts; of ${reference} the daemon has the platform that it pulled.`,
    );
  }
  const [{ connect }, { DockerSource }] = await Promise.all([
    import('../sources/docker/connect.ts'),
    import('../sources/docker/docker-source.ts'),
  ]);
  const named = { host, context };
  const isNamed = host !== null || context !== null;
  const env = engine === 'podman' && !isNamed ? await podmanEnvironment(process.env) : process.env;
  return new DockerSource(await connect(env, signal, named), reference, verify);
}
