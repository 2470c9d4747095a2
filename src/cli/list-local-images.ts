import { messageOf } from '../image/errors.ts';
import type { ListedImage } from '../image/listed-image.ts';
import type { NamedDaemon } from '../sources/docker/hosts.ts';
import { SAMPLE } from './open-source.ts';

/** The built-in image, which can be opened on any machine. */
const SAMPLE_IMAGE: ListedImage = { reference: SAMPLE, bytes: null, created: null, platform: 'built in' };

/** The daemon's images and the built-in one; `problem` says why the daemon's are missing. */
export async function listLocalImages(
  named: NamedDaemon,
  signal: AbortSignal,
): Promise<{ images: readonly ListedImage[]; problem: string | null }> {
  try {
    const [{ connect }, { listImages }] = await Promise.all([
      import('../sources/docker/connect.ts'),
      import('../sources/docker/list-images.ts'),
    ]);
    const images = await listImages(await connect(process.env, signal, named), signal);
    return { images: [...images, SAMPLE_IMAGE], problem: null };
  } catch (error) {
    return { images: [SAMPLE_IMAGE], problem: messageOf(error) };
  }
}
