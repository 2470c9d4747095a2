// The direction of imports, as ARCHITECTURE.md draws it. Each room lists the rooms it may know.
const rooms = {
  image: [],
  tar: ['image'],
  tree: ['image'],
  analysis: ['tree', 'image'],
  content: ['tree', 'image'],
  system: [],
  extract: ['analysis', 'tree', 'system', 'image'],
  sources: ['tar', 'system', 'image'],
  cache: ['analysis', 'tree', 'system', 'image'],
  state: ['content', 'analysis', 'tree', 'image'],
  report: ['analysis', 'tree', 'image'],
  ui: ['state', 'content', 'analysis', 'tree', 'image'],
  config: ['ui', 'state', 'image'],
  cli: [
    ...[
      'config',
      'ui',
      'report',
      'state',
      'extract',
      'content',
      'analysis',
      'tree',
      'sources',
      'cache',
      'system',
      'tar',
      'image',
    ],
  ],
};
const pure = ['image', 'tree', 'analysis', 'state'];

const oneWay = Object.entries(rooms).map(([room, known]) => ({
  name: `${room}-knows-only-${known.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...known].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...oneWay,
    {
      name: 'pure-rooms-do-no-io',
      comment: 'image, tree, analysis and state are plain functions over plain data.',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'content-does-no-io',
      comment:
        'What is in a file is told by its bytes alone, with two libraries that are plain functions too.',
      severity: 'error',
      from: { path: '^src/content/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/(diff|string-width)/',
      },
    },
    {
      name: 'settings-do-no-io',
      comment: 'config takes text and gives settings; of what is not ours it knows a TOML parser.',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'smol-toml' },
    },
    {
      name: 'settings-know-only-tables-of-the-screen',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/ui/', pathNot: '^src/ui/(keymap|key-names|palettes)[.]ts$' },
    },
    {
      name: 'words-know-no-components',
      comment: 'What a screen says can be had without Ink, and by a Node that reads no JSX.',
      severity: 'error',
      from: { path: '^src/ui/.*[.]ts$' },
      to: { path: '[.]tsx$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
