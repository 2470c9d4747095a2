import { directory, dockerArchive, file, whiteout } from './archive.ts';
import { ScriptedDaemon } from './scripted-daemon.ts';

const megabyte = 'x'.repeat(1_000_000);

/** Three layers of about one megabyte; the last one deletes what the first one made. */
export function shopArchive(salt = 0): Promise<Uint8Array> {
  return dockerArchive(
    {
      layers: [
        [directory('etc'), file('etc/base', megabyte), file('etc/gone', megabyte.slice(0, 300_000))],
        [directory('app'), file('app/server', megabyte), file('app/salt', String(salt))],
        [file('app/data', megabyte), whiteout('etc/gone')],
      ],
      emptyInstructionsBefore: [0, 1, 0],
    },
    { layout: 'today', layers: 'plain' },
  );
}

/** A daemon whose export brings the layers base first: the order follows from digests, so some are tried. */
export async function startShopDaemon(
  manner: Parameters<typeof ScriptedDaemon.start>[1] = {},
): Promise<ScriptedDaemon> {
  for (let salt = 0; ; salt++) {
    const daemon = await ScriptedDaemon.start(await shopArchive(salt), manner);
    if (daemon.layerOrder.join() === '0,1,2') return daemon;
    await daemon[Symbol.asyncDispose]();
  }
}
