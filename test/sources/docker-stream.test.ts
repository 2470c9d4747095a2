import { connect } from '../../src/sources/docker/connect.ts';
import { DockerSource } from '../../src/sources/docker/docker-source.ts';
import { loadImage, type LoadEvent } from '../../src/cli/load-image.ts';
import { expect, it } from 'vitest';
import { Conditions } from '../harness/conditions.ts';
import { describeWithDaemon } from '../harness/daemon.ts';
import { canStandBefore, passBytes, proxyDaemon } from '../harness/daemon-proxy.ts';
import { testImage } from '../harness/images.ts';

describeWithDaemon('an image of the daemon', (host) => {
  it('stands on the screen with layers and sizes before the export has begun', async () => {
    const events = await eventsOf(host, await testImage('busybox'));
    const [first, second] = events;
    expect(first?.type).toBe('image');
    if (first?.type !== 'image') return;
    expect(first.image.layers.length).toBeGreaterThan(1);
    expect(first.image.layers.every(({ statedBytes }) => statedBytes !== null)).toBe(true);
    expect(second).toMatchObject({ type: 'progress', phase: 'preparing', bytes: 0 });
  });

  it('guesses from the history what its config says in the end', async () => {
    const events = await eventsOf(host, await testImage('busybox'));
    const told = events.flatMap((event) => (event.type === 'image' ? [event.image] : []));
    const layersOf = (image: (typeof told)[number] | undefined) =>
      image?.instructions.map(({ layer }) => layer);
    expect(told[0]?.id).toBe(told.at(-1)?.id);
    expect(layersOf(told[0])).toEqual(layersOf(told.at(-1)));
  });

  it('comes with who holds it, though not at once', async () => {
    const { signal } = new AbortController();
    const told: (string | null)[] = [];
    const conditions = new Conditions();
    const source = new DockerSource(await connect({ DOCKER_HOST: host }, signal), await testImage('scratch'));
    await loadImage(
      source,
      (event) => {
        if (event.type === 'image') told.push(event.image.daemon);
        conditions.try();
      },
      signal,
    );
    // It may be known by now, or the image has been read before the daemon has said it.
    const known = conditions.met(
      () => told.at(-1) !== null,
      (reason) => `no daemon was told of ${reason}`,
    );
    conditions.try();
    await known;
    expect(told[0]).toBeNull();
    expect(told.at(-1)).toMatch(/^(?:Docker|Podman) \d/);
    expect(told.at(-1)).toContain(` · ${host}`);
  });

  it('is found by its ID, however short, as docker finds it, and called by its tag', async () => {
    const whole = factsIn(await eventsOf(host, await testImage('scratch')));
    const id = whole?.id?.replace('sha256:', '') ?? '';
    for (const reference of [
      id,
      `sha256:${id}`,
      id.slice(0, 12),
      id.slice(0, 10),
      `sha256:${id.slice(0, 10)}`,
    ]) {
      const facts = factsIn(await eventsOf(host, reference));
      // Who the daemon is may be known by then, or later.
      // Other runs beside this one may have made the same image, under tags of their own.
      const tag = expect.stringMatching(/^peel-test\/scratch:/) as string;
      expect({ ...facts, daemon: null }).toEqual({ ...whole, reference: tag, daemon: null });
    }
  });

  it.skipIf(!canStandBefore(host))(
    'is let go when it is cancelled: the daemon sees its client leave',
    async () => {
      const controller = new AbortController();
      const proxy = await proxyDaemon(host, async (body, response) => {
        await passBytes(body, response, 512 * 1024);
        controller.abort();
        await proxy.clientGone;
      });
      try {
        const image = await testImage('debian');
        const daemon = await connect({ DOCKER_HOST: proxy.host }, controller.signal);
        const loading = loadImage(new DockerSource(daemon, image), () => undefined, controller.signal);
        await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
        await proxy.clientGone;
      } finally {
        await proxy.close();
      }
    },
  );
});

/** What was told of the image last. */
function factsIn(events: readonly LoadEvent[]) {
  return events.flatMap((event) => (event.type === 'image' ? [event.image] : [])).at(-1);
}

async function eventsOf(host: string, image: string): Promise<LoadEvent[]> {
  const { signal } = new AbortController();
  const events: LoadEvent[] = [];
  const daemon = await connect({ DOCKER_HOST: host }, signal);
  await loadImage(new DockerSource(daemon, image), (event) => events.push(event), signal);
  return events;
}
