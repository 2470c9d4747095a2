import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What peel keeps of images in this run, and nothing of what it has kept in others. */
const XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), 'peel-test-cache-'));

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/harness/global-setup.ts'],
    // One zone, one locale, one colour level: what a test sees does not depend on who runs it.
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', FORCE_COLOR: '1', NO_COLOR: '', XDG_CACHE_HOME },
    testTimeout: 120_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
