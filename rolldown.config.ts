// Bundles src/ to dist/: what every start needs in one file, the rest split where the program loads a part only when it is
// needed (the daemon's client is the largest), production React, minified, so that a start is not felt.
import { rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { type Plugin, rolldown } from 'rolldown';

/**
 * Packages that others ask for and peel never uses: Ink's developer tools (only when DEV=true), and the gRPC and
 * protobuf clients with which dockerode would serve a BuildKit build.
 */
const UNUSED = /^(?:react-devtools-core|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs)$/;

const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: { filter: { id: UNUSED }, handler: (id) => `\0unused:${id}` },
  load: { filter: { id: /^\0unused:/ }, handler: () => 'export default {};' },
};

/**
 * Takes Node's own modules as they are, instead of importing them. An import reads each of a module's exports, whether it is
 * used or not, and some of them load what nobody has asked for (Web Crypto, a terminal's streams): a tenth of a start.
 */
const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  renderChunk(code) {
    const edits = this.parse(code).body.flatMap((statement) => {
      if (statement.type !== 'ImportDeclaration' || !isBuiltin(statement.source.value)) return [];
      const names = statement.specifiers.flatMap((specifier) => {
        if (specifier.type !== 'ImportSpecifier') return [];
        const { imported, local } = specifier;
        return [`${imported.type === 'Identifier' ? imported.name : imported.raw}: ${local.name}`];
      });
      const wholes = statement.specifiers.filter(({ type }) => type !== 'ImportSpecifier');
      const module = `process.getBuiltinModule(${statement.source.raw})`;
      const by = [...wholes.map(({ local }) => local.name), `{ ${names.join(', ')} }`];
      return [{ ...statement, by: `const ${by.map((name) => `${name} = ${module}`).join(', ')};` }];
    });
    return edits.reduceRight((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), code);
  },
};

/**
 * Has string-width read its pattern of all emoji when it meets the first one, not at every start: it takes 15 to 30 ms, once to
 * see that it is a pattern and once to make it.
 */
const latePattern: Plugin = {
  name: 'late-pattern',
  transform: {
    filter: { id: /\/string-width\/index\.js$/ },
    handler(code) {
      const late = code.replace(
        /^const emojiPrefixRegex = \/(.*)\/v;$/m,
        (_, pattern: string) =>
          `let emojiPattern; const emojiPrefixRegex = {
            get now() { return (emojiPattern ??= new RegExp(${JSON.stringify(pattern)}, 'v')); },
            test(text) { return this.now.test(text); },
            exec(text) { return this.now.exec(text); },
          };`,
      );
      if (late === code) this.error('string-width has no emojiPrefixRegex any more');
      return late;
    },
  },
};

/** Lines that Ink remembers: those of a few frames. */
const REMEMBERED_LINES = 300;

/**
 * Has Ink know the lines of the last frames. It takes each one apart into cells and their styles, and would do so for every
 * frame anew: a third of the processor time of a key.
 */
const rememberedLines: Plugin = {
  name: 'remembered-lines',
  transform: {
    filter: { id: /\/ink\/build\/output\.js$/ },
    handler(code) {
      const remembering = code.replace(/^ +caches = new OutputCaches\(\);$/m, 'caches = currentCaches();');
      if (remembering === code) this.error('Ink keeps what it knows of lines elsewhere');
      return `${remembering}
        let current = new OutputCaches();
        function currentCaches() {
          return (current = current.styledChars.size > ${REMEMBERED_LINES} ? new OutputCaches() : current);
        }`;
    },
  },
};

/** Finds the modules that an entry imports, those that they import, and so on: what every start needs. */
function neededAtStart(needed: Set<string>): Plugin {
  return {
    name: 'needed-at-start',
    buildEnd() {
      const addImportsOf = (importer: string): void => {
        for (const id of this.getModuleInfo(importer)?.importedIds ?? []) {
          if (needed.has(id)) continue;
          needed.add(id);
          addImportsOf(id);
        }
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry === true) addImportsOf(id);
    },
  };
}

/** Bundles programs as peel is bundled: modules by the name of what is made of them. */
export async function bundle(entries: Readonly<Record<string, string>>, outdir: string): Promise<void> {
  const needed = new Set<string>();
  await using bundler = await rolldown({
    input: { ...entries },
    platform: 'node',
    // ssh2 tries these native speed-ups and goes on without them.
    external: ['cpu-features', /\.node$/],
    transform: {
      target: 'node22.15',
      define: {
        'process.env.NODE_ENV': '"production"',
        'process.env.DEV': '"false"',
        // Yoga would fetch what it has in itself, as in a browser: Node's fetch is a tenth of the time that a start takes.
        fetch: 'undefined',
        // CommonJS packages inside an ES module still ask for their place.
        __dirname: 'import.meta.dirname',
        __filename: 'import.meta.filename',
      },
    },
    plugins: [withoutUnused, latePattern, rememberedLines, neededAtStart(needed), plainBuiltins],
  });
  await bundler.write({
    dir: outdir,
    format: 'esm',
    minify: true,
    // A name is kept from one version to the next, and so is the place where its compiled code is kept (cli/compiled-code.ts).
    chunkFileNames: 'chunks/[name].js',
    // In one file: each more would cost a start half a millisecond.
    codeSplitting: { groups: [{ name: 'start', test: (id) => needed.has(id) }] },
  });
}

if (process.argv[1] === import.meta.filename) {
  rmSync('dist', { recursive: true, force: true });
  await bundle({ peel: 'src/cli/main.ts' }, 'dist');
}
