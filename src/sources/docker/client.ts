import type { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type Docker from 'dockerode';
import type { Endpoint } from './hosts.ts';
import { SshAgent } from './ssh-agent.ts';
import type { Tls } from './tls.ts';

/** dockerode for an endpoint. It brings an ssh client of its own along, and is loaded only when it is needed. */
export async function clientFor(endpoint: Endpoint): Promise<Docker> {
  const { default: Client } = await import('dockerode');
  return withoutDockerHost(() => new Client(optionsFor(endpoint)));
}

/** docker-modem has taken an agent from the first; dockerode's types have not heard of it. */
type Options = Docker.DockerOptions & { readonly agent?: Agent };

function optionsFor({ address, tls }: Endpoint): Options {
  switch (address.kind) {
    case 'unix':
      return { socketPath: address.socketPath };
    case 'ssh':
      // Any host does: the agent knows the way.
      return { protocol: 'http', host: 'docker', port: 80, agent: new SshAgent(address.destination) };
    case 'tcp': {
      const { hostname: host, port } = address;
      return tls === null
        ? { protocol: 'http', host, port }
        : { protocol: 'https', host, port, agent: tlsAgent(tls) };
    }
  }
}

/** dockerode would hand on certificates, but not the wish to go without verifying them. */
function tlsAgent({ ca, cert, key, verifies }: Tls): TlsAgent {
  return new TlsAgent({
    rejectUnauthorized: verifies,
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
  });
}

/** dockerode reads DOCKER_HOST and its kin, and fails on what it cannot read there, whatever options it is given. */
function withoutDockerHost<T>(make: () => T): T {
  const host = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    return make();
  } finally {
    if (host !== undefined) process.env['DOCKER_HOST'] = host;
  }
}
