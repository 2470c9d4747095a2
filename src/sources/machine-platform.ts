import { arch } from 'node:process';
import type { Platform } from '../image/platform.ts';

/** What Node calls architectures that Go, and so the field, calls otherwise. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/** What this machine's containers run on: Linux, on a Mac and mostly on Windows too, in a virtual machine. */
export const MACHINE_PLATFORM: Platform = {
  os: 'linux',
  architecture: ARCHITECTURES[arch] ?? arch,
  variant: null,
};
