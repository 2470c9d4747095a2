// The programs, besides Docker, that write images: which of them are here.
import { findCommand, type Installable, isRoot, provide } from './debian-packages.ts';

/** Commands that write images. Debian has a package of each but crane. */
export type ImageTool = Extract<Installable, 'skopeo' | 'umoci' | 'podman' | 'buildah'> | 'crane';

const fromDebian = ['skopeo', 'umoci', 'podman', 'buildah'] as const;

/** A tool that is not here → why, in one line. */
export type AbsentTools = ReadonlyMap<ImageTool, string>;

/**
 * Sees to it that the tools are there; in CI Debian's packages of them are installed first.
 * @throws Error in CI, when a tool that Debian has is missing all the same: a skip would look like a pass
 */
export async function provideImageTools(): Promise<AbsentTools> {
  const absent = new Map<ImageTool, string>();
  const failure = await provide(...fromDebian);
  if (failure !== null && process.env['CI']) throw new Error(failure);
  for (const tool of fromDebian) {
    if (findCommand(tool) === null) absent.set(tool, `${tool} not found (Debian: apt-get install ${tool})`);
    else if (tool !== 'skopeo' && !isRoot())
      absent.set(tool, `${tool} makes devices and owners for root only`);
  }
  if (findCommand('crane') === null) {
    const source = 'github.com/google/go-containerregistry/cmd/crane';
    absent.set('crane', `crane not found (go install ${source}@latest)`);
  }
  return absent;
}
