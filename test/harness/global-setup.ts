// Runs once before all tests: finds the Docker daemon they share, and builds images on it when one asks for them.
import type { TestProject } from 'vitest/node';
import type {} from './daemon.ts';
import { findDaemon } from './dockerd.ts';
import { serveImages } from './image-service.ts';

/** Decides which daemon this run has. Returns the teardown, which gives everything back. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const daemon = await findDaemon();
  const images = daemon.host === null ? null : await serveImages(daemon.host);
  project.provide('daemon', { host: daemon.host, reason: daemon.reason });
  project.provide('imageService', images?.socket ?? null);
  return async () => {
    await images?.close();
    await daemon.stop();
  };
}
