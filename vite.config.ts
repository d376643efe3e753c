import { builtinModules } from 'node:module';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
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

/** Writes `packages.json` beside each bundle: folders of the npm packages whose code is in it, for the notices. */
function listPackages(): Plugin {
  return {
    name: 'backbeat:list-packages',
    applyToEnvironment: () => true,
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const id of output.moduleIds) {
          const path = id.replaceAll('\\', '/');
          const start = path.indexOf('/node_modules/');
          const [folder] = /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+/.exec(path.slice(start + 1)) ?? [];
          if (start >= 0 && folder !== undefined) folders.add(folder.slice(0, -1));
        }
      }
      const source = `${JSON.stringify([...folders].sort(), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'packages.json', source });
    },
  };
}

export default defineConfig({
  root: 'src-renderer',
  // Absolute, so that a page's address never changes where its files are looked for; both hosts serve from their root.
  base: '/',
  publicDir: false,
  // The hosts put a fresh nonce in its place at every load; see src-main/http/security-headers.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react(), tailwindcss(), listPackages()],
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
