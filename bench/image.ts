// The image that benchmarks analyse: a Debian with build tools, and the two usual ways to waste bytes on top.
import { clientFor } from '../test/harness/dockerd.ts';
import { debianBase } from '../test/harness/debian-base.ts';
import { ImageBuilder } from '../test/harness/image-builder.ts';

/** What benchmarks promise of it. */
export const imageFloor = { bytes: 500_000_000, files: 15_000 };

const dockerfile = `
ARG BASE
FROM \${BASE}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get -o Acquire::GzipIndexes=true update
RUN apt-get install -y --no-install-recommends build-essential git libboost-dev python3-dev
RUN mkdir -p /srv/data && for i in $(seq 1 40); do head -c 2000000 /dev/urandom > /srv/data/file-$i; done
RUN chown -R 1000:1000 /srv/data
RUN rm -rf /var/lib/apt/lists /var/cache/apt /usr/share/doc
WORKDIR /srv
CMD ["python3"]
`;

/**
 * The reference of the image on the daemon at `host`. It is built once, in a minute or two, and stays there.
 * @throws Error when it cannot be built
 */
export async function benchImage(host: string): Promise<string> {
  const docker = clientFor(host);
  const builder = new ImageBuilder(docker, '1', 'peel-bench');
  const reference = builder.reference('debian');
  const present = await docker
    .getImage(reference)
    .inspect()
    .then(Boolean, () => false);
  if (present) return reference;
  console.log(`building ${reference} …`);
  return builder.build('debian', dockerfile, [], { BASE: await debianBase(builder, 'base') });
}
