/** Who may import whom: ARCHITECTURE.md section 3, checked by `npm test`. */
const shared = name => `^src-shared/${name}/`;
const main = name => `^src-main/${name}/`;
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

/** A layer of src-shared and the layers above it or beside it that it must not import. */
const sharedLayers = {
  units: [
    'base',
    'model',
    'dsp',
    'analysis',
    'compose',
    'edit',
    'mix',
    'mixer',
    'protocol',
    'live',
    'dataset',
  ],
  base: [
    'units',
    'model',
    'dsp',
    'analysis',
    'compose',
    'edit',
    'mix',
    'mixer',
    'protocol',
    'live',
    'dataset',
  ],
  model: ['dsp', 'analysis', 'compose', 'edit', 'mix', 'mixer', 'protocol', 'live', 'dataset'],
  dsp: ['model', 'analysis', 'compose', 'edit', 'mix', 'mixer', 'protocol', 'live', 'dataset'],
  analysis: ['compose', 'edit', 'mix', 'mixer', 'protocol', 'live', 'dataset'],
  compose: ['dsp', 'analysis', 'edit', 'mix', 'mixer', 'protocol', 'live', 'dataset'],
  edit: ['dsp', 'analysis', 'compose', 'mix', 'mixer', 'protocol', 'live', 'dataset'],
  mixer: ['analysis', 'compose', 'edit', 'mix', 'protocol', 'live', 'dataset'],
  mix: ['analysis', 'compose', 'edit', 'protocol', 'live', 'dataset'],
  protocol: ['dsp', 'analysis', 'compose', 'edit', 'mix', 'mixer', 'live'],
  live: ['dsp', 'analysis', 'mixer', 'mix', 'protocol', 'dataset'],
  dataset: ['dsp', 'analysis', 'edit', 'mix', 'mixer', 'protocol', 'live'],
  search: ['dsp', 'analysis', 'compose', 'edit', 'mix', 'mixer', 'live', 'dataset'],
  augment: ['analysis', 'compose', 'edit', 'mix', 'mixer', 'protocol', 'live', 'dataset'],
};

/** A module of src-main and what it must not import. */
const mainModules = {
  platform: [
    'app',
    'preload',
    'host',
    'cli',
    'rpc',
    'usecases',
    'jobs',
    'workers',
    'pipeline',
    'library',
    'inference',
  ],
  inference: ['app', 'preload', 'host', 'cli', 'rpc', 'usecases', 'jobs', 'workers', 'pipeline', 'library'],
  pipeline: ['app', 'preload', 'host', 'cli', 'rpc', 'usecases', 'jobs', 'workers', 'library'],
  dataset: [
    'app',
    'preload',
    'host',
    'cli',
    'rpc',
    'http',
    'usecases',
    'jobs',
    'workers',
    'library',
    'pipeline',
    'inference',
  ],
  workers: ['app', 'preload', 'host', 'cli', 'rpc', 'usecases', 'jobs', 'library'],
  library: ['app', 'preload', 'host', 'cli', 'rpc', 'usecases', 'jobs', 'workers', 'pipeline', 'search'],
  search: ['app', 'preload', 'host', 'cli', 'rpc', 'usecases', 'jobs', 'workers'],
  jobs: ['app', 'preload', 'host', 'cli', 'rpc', 'usecases', 'workers', 'pipeline'],
  usecases: ['app', 'preload', 'host', 'cli', 'rpc', 'workers'],
  rpc: ['app', 'preload', 'host', 'cli', 'workers', 'pipeline', 'library', 'jobs'],
  http: ['app', 'preload', 'host', 'cli', 'rpc', 'workers', 'pipeline', 'library', 'jobs'],
  cli: ['app', 'preload', 'rpc', 'workers'],
  host: ['app', 'preload', 'cli', 'workers'],
  app: ['cli', 'host', 'workers'],
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(sharedLayers).map(([from, to]) =>
      forbid(`shared-${from}`, 'layers of src-shared', shared(from), to.map(shared)),
    ),
    ...Object.entries(mainModules).map(([from, to]) =>
      forbid(`main-${from}`, 'modules of src-main', main(from), to.map(main)),
    ),
    forbid('shared-is-alone', 'src-shared knows no host', '^src-shared/', '^src-(main|renderer)/'),
    {
      name: 'shared-is-pure',
      comment: 'no Node, Electron or npm package in src-shared but those of docs/decisions',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/(zod|fast-xml-parser|fft\\.js|midi-file|msgpackr|yaml|@trpc/server)/',
      },
    },
    forbid('renderer-and-main', 'they meet in src-shared/protocol', '^src-renderer/', '^src-main/'),
    forbid('main-and-renderer', 'they meet in src-shared/protocol', '^src-main/', '^src-renderer/'),
    {
      name: 'screens-are-apart',
      severity: 'error',
      from: { path: '^src-renderer/screens/([^/]+)/' },
      to: { path: '^src-renderer/screens/', pathNot: '^src-renderer/screens/$1/' },
    },
    {
      name: 'stages-are-apart',
      comment: 'a worker composes stages; the stage contract is theirs to share',
      severity: 'error',
      from: { path: '^src-main/pipeline/([^/]+)/' },
      to: { path: '^src-main/pipeline/', pathNot: ['^src-main/pipeline/$1/', '^src-main/pipeline/stage/'] },
    },
    {
      name: 'electron-in-hosts-only',
      severity: 'error',
      from: { pathNot: '^src-main/(app|preload)/' },
      to: { path: 'node_modules/electron/|^electron$' },
    },
    {
      name: 'sqlite-in-library-only',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/library/' },
      to: { path: 'node_modules/(better-sqlite3|kysely)/' },
    },
    {
      name: 'onnxruntime-in-inference-only',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/inference/' },
      to: { path: 'node_modules/onnxruntime-' },
    },
    {
      name: 'child-processes',
      comment: 'only platform and jobs start processes',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/(platform|jobs)/' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'through-the-index',
      comment: 'another module only through its index.ts',
      severity: 'error',
      from: { path: '^src-(?:shared|main)/([^/]+)/' },
      to: { path: '^src-(shared|main)/([^/]+)/', pathNot: ['^src-(?:shared|main)/$1/', 'index\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
