import { defineConfig } from 'vitest/config';

const project = (name: string, seconds: number, needsBuild: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node' as const,
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
    // The machine that tests may be busy; a second, as vitest has it, is soon over.
    expect: { poll: { timeout: 20_000 } },
    globalSetup: needsBuild ? ['test/support/built.ts'] : [],
  },
});

/** `unit` and `property` touch no disk, network or clock; the others run on the built program and real files. */
export default defineConfig({
  test: {
    projects: [
      project('unit', 10, false),
      project('property', 60, false),
      project('metrics', 300, true),
      project('contract', 120, true),
      project('process', 300, true),
      project('e2e', 300, true),
    ],
    maxWorkers: 2,
  },
});
