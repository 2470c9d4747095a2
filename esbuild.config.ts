// Bundles src/ to dist/: one entry, split where the program loads a part only when it is needed
// (the daemon's client is the largest), production React, minified, so that a start is not felt.
import { rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

/**
 * Packages that others ask for and peel never uses: Ink's developer tools (only when DEV=true), and the gRPC and
 * protobuf clients with which dockerode would serve a BuildKit build.
 */
const UNUSED = /^(?:react-devtools-core|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs)$/;

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup(bundler) {
    bundler.onResolve({ filter: UNUSED }, (args) => ({ path: args.path, namespace: 'empty' }));
    bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {};' }));
  },
};

/** Bundles programs as peel is bundled: modules by the name of what is made of them. */
export async function bundle(entryPoints: Readonly<Record<string, string>>, outdir: string): Promise<void> {
  await build({
    entryPoints: { ...entryPoints },
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node22.15',
    // It does; a pattern with sets would else be compiled anew wherever it is used.
    supported: { 'regexp-set-notation': true },
    format: 'esm',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      // Yoga would fetch what it has in itself, as in a browser: Node's fetch is a tenth of the time that a start takes.
      fetch: 'undefined',
    },
    // ssh2 tries these native speed-ups and goes on without them.
    external: ['cpu-features', '*.node'],
    // CommonJS packages inside an ES module still ask for Node's own modules through require(), and for their place.
    banner: {
      js: [
        "import { createRequire as __createRequire } from 'node:module';",
        'const require = __createRequire(import.meta.url);',
        'const { dirname: __dirname, filename: __filename } = import.meta;',
      ].join('\n'),
    },
    plugins: [withoutUnused],
    logLevel: 'warning',
  });
}

if (process.argv[1] === import.meta.filename) {
  rmSync('dist', { recursive: true, force: true });
  await bundle({ peel: 'src/cli/main.ts' }, 'dist');
}
