// What a benchmark's table says of the machine that it was measured on.
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { clientFor } from '../test/harness/dockerd.ts';

/** Lines of Markdown: processor, memory, kernel, Node. */
export function processorFacts(): string[] {
  const processors = `${availableParallelism()} × ${cpus()[0]?.model ?? arch()}`;
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB`;
  return [`- Machine: ${processors}, ${memory}, ${type()} ${release()}; Node ${process.versions.node}`];
}

/** Lines of Markdown: processor, memory, kernel, Node, daemon. */
export async function machineFacts(host: string): Promise<string[]> {
  const docker = clientFor(host);
  const [version, info] = await Promise.all([docker.version(), docker.info() as Promise<{ Driver: string }>]);
  return [...processorFacts(), `- Docker ${version.Version}, storage driver ${info.Driver}`];
}
