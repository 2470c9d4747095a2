// Whole analysis of an image and nothing more: `node analyse.js IMAGE`, with peel's options. Every layer's tree, every change
// and the ledger are final when it ends; duplicates, advice, the report and digests are not asked for. Prints what it took.
import { parseArguments } from '../src/cli/arguments.ts';
import { imageCache } from '../src/cli/cache-place.ts';
import { LateSource } from '../src/cli/late-source.ts';
import { KeptLoading } from '../src/cli/load-kept.ts';
import { openSource } from '../src/cli/open-source.ts';

/** What it prints, as JSON. */
export interface Taken {
  /** From the start of the process. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Largest resident set. */
  readonly peakBytes: number;
}

const options = parseArguments(process.argv.slice(2));
const loading = new AbortController();
const source = new LateSource(await openSource({ ...options, target: options.target ?? '' }, loading.signal));
const image = new KeptLoading(source, imageCache(options, { cache: true }, process.env));
const loaded = await image.load(() => undefined, loading.signal);
const seconds = performance.now() / 1000;
const { user, system } = process.cpuUsage();
const peakBytes = process.resourceUsage().maxRSS * 1024;
await image.keep(loaded);
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakBytes } satisfies Taken));
// Some sources go on listening to their daemon. (`process.exit` is no way to end: with all that is still to be freed, one run in
// thirty of Node 26 waits for its own threads for ever.)
loading.abort();
