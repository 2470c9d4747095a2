import { homedir } from 'node:os';
import type { ImageSource } from '../image/source.ts';
import type { Arguments } from './arguments.ts';
import type { Engine } from './target.ts';

/** What is asked of a daemon, whichever image it is. */
export type DaemonRequest = Pick<
  Arguments,
  'host' | 'context' | 'platform' | 'verify' | 'pull' | 'source'
> & {
  /** Whether somebody can be asked which platform is meant where the daemon holds an image for several. */
  readonly offersPlatforms?: boolean;
};

/**
 * An image of a daemon.
 * @throws PeelError when no daemon answers.
 */
export async function openFromDaemon(
  reference: string,
  { host, context, platform, verify, pull, source, offersPlatforms = false }: DaemonRequest,
  signal: AbortSignal,
  engine: Engine = 'docker',
): Promise<ImageSource> {
  const [{ connect, connectToPodman }, { configFolder }, { DockerSource }] = await Promise.all([
    import('../sources/docker/connect.ts'),
    import('../sources/docker/contexts.ts'),
    import('../sources/docker/docker-source.ts'),
  ]);
  const named = { host, context };
  const isNamed = host !== null || context !== null;
  const { env } = process;
  const daemon =
    engine === 'podman' && !isNamed ? await connectToPodman(env, signal) : await connect(env, signal, named);
  const options = {
    verifies: verify,
    platform,
    offersPlatforms,
    keychain: pull ? { folder: configFolder(env, env['HOME'] ?? homedir()), env } : null,
  };
  const exported = new DockerSource(daemon, reference, options);
  // A graph driver's files hold no payloads: digests are those of an export.
  if (source === 'export' || (source === 'auto' && verify)) return exported;
  const { StoreSource } = await import('../sources/store/store-source.ts');
  return new StoreSource(daemon, reference, exported, { ...options, isForced: source === 'store' });
}
