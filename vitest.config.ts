import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/harness/global-setup.ts'],
    // One zone, one locale, one colour level: what a test sees does not depend on who runs it.
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', FORCE_COLOR: '1', NO_COLOR: '' },
    testTimeout: 120_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
