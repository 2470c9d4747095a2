import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/harness/global-setup.ts'],
    // No image is kept, or what a test sees would depend on those before it: a test of that has a folder of its own. One zone, one locale, one colour level: what a test sees does not depend on who runs it.
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', FORCE_COLOR: '1', NO_COLOR: '', XDG_CACHE_HOME: '/dev/null' },
    testTimeout: 120_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
