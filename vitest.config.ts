import { defineConfig } from 'vitest/config';

const project = (name: string, include: string, testTimeout: number) => ({
  test: { name, include: [include], environment: 'node' as const, testTimeout, hookTimeout: testTimeout },
});

/** `unit` and `property` touch no disk, network or clock; the others run on the built program and real files. */
export default defineConfig({
  test: {
    projects: [
      project('unit', 'test/unit/**/*.test.ts', 10_000),
      project('property', 'test/property/**/*.test.ts', 60_000),
      project('metrics', 'test/metrics/**/*.test.ts', 300_000),
      project('contract', 'test/contract/**/*.test.ts', 120_000),
      project('process', 'test/process/**/*.test.ts', 300_000),
      project('e2e', 'test/e2e/**/*.test.ts', 300_000),
    ],
    maxWorkers: 2,
  },
});
