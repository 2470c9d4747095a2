import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PeelError } from '../image/errors.ts';

/**
 * An environment in which the daemon to connect to is podman's: it speaks Docker's API on a socket of its own.
 * CONTAINER_HOST names it (podman(1)), else it is the rootless service's or root's.
 * @throws PeelError `no-daemon` when there is no such socket.
 */
export async function podmanEnvironment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const named = env['CONTAINER_HOST'] ?? '';
  if (named !== '' && !named.startsWith('unix://')) {
    throw new PeelError(
      'no-daemon',
      `CONTAINER_HOST is ${named}: peel reaches podman by unix sockets only (unix:///PATH).`,
    );
  }
  if (named !== '') return { ...env, DOCKER_HOST: named };
  const runtime = env['XDG_RUNTIME_DIR'];
  const sockets = [...(runtime ? [join(runtime, 'podman/podman.sock')] : []), '/run/podman/podman.sock'];
  for (const path of sockets) {
    const isSocket = await stat(path).then(
      (stats) => stats.isSocket(),
      () => false,
    );
    if (isSocket) return { ...env, DOCKER_HOST: `unix://${path}` };
  }
  throw new PeelError(
    'no-daemon',
    `Podman listens nowhere: no socket at ${sockets.join(', ')}. Start it: systemctl --user start podman.socket`,
  );
}
