import { builtinModules } from 'node:module';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import packageJson from './package.json' with { type: 'json' };

/** Loaded from node_modules at run time: native or WASM packages, which a bundle would break. */
const external = [
  'electron',
  ...builtinModules,
  ...builtinModules.map(name => `node:${name}`),
  ...Object.keys(packageJson.dependencies),
];

/** A bundle that Node or Electron runs. A sandboxed preload must be CommonJS, everything else is ESM. */
function nodeBundle(
  input: Record<string, string>,
  outDir: string,
  format: 'es' | 'cjs',
  extension: string,
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { conditions: ['node', 'import', 'module', 'default'], noExternal: true, external },
    build: {
      target: 'node24',
      outDir,
      ssr: true,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        external,
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `chunks/[name]-[hash].${extension}`,
        },
      },
    },
  };
}

export default defineConfig({
  root: 'src-renderer',
  base: './',
  publicDir: false,
  plugins: [react(), tailwindcss()],
  environments: {
    client: { build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140' } },
    main: nodeBundle(
      {
        app: 'src-main/app/main.ts',
        host: 'src-main/host/main.ts',
        cli: 'src-main/cli/main.ts',
        'workers/stage-worker': 'src-main/workers/stage-worker.ts',
      },
      '../dist/main',
      'es',
      'js',
    ),
    preload: nodeBundle({ preload: 'src-main/preload/preload.ts' }, '../dist/preload', 'cjs', 'cjs'),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload', 'client'] as const) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
