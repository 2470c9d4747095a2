/** Asks sources for the content of files, and keeps what comes. */
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { ContentRequest, ImageSource } from '../../src/image/source.ts';
import { contentRequest } from '../../src/tree/content-request.ts';
import { Kind } from '../../src/tree/kind.ts';
import { KeepingSink, SlowSink } from './sinks.ts';
import { sha256 } from './saved.ts';
import { nodeOf } from './tree.ts';

/** The request for a path as the topmost layer, or another one, shows it. */
export function requestFor(
  analysis: Analysis,
  path: string,
  layer = analysis.stack.layers - 1,
): ContentRequest {
  const { stack, tables } = analysis;
  const request = contentRequest(stack, tables, stack.records.shownAt(nodeOf(analysis, path), layer));
  if (request === null) throw new Error(`${path} is no file in layer ${layer}`);
  return request;
}

/** Requests for every file that any layer stores, base first, in the order of the tars. */
export function everyRequest({ stack, tables }: Analysis): ContentRequest[] {
  return stack.entries.layers.flatMap(({ length, kinds }, layer) =>
    Array.from({ length }, (_, row) => stack.entries.start(layer) + row)
      .filter((_, row) => kinds[row] === Kind.File)
      .flatMap((entry) => contentRequest(stack, tables, entry) ?? []),
  );
}

/** What came of each request, in the order of the requests. Each is taken at a pace of its own. */
export async function contentsOf(
  source: ImageSource,
  requests: readonly ContentRequest[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Buffer[]> {
  const sinks = new Map<ContentRequest, KeepingSink>();
  await source.content(
    requests,
    (request) => {
      for (const [other, { isEnded }] of sinks) {
        if (!isEnded && other.path !== request.path)
          throw new Error(`${request.path} began in ${other.path}`);
      }
      // Now and then one that cannot take much: what it holds back must not get lost.
      const sink = sinks.size % 16 === 3 ? new SlowSink() : new KeepingSink();
      sinks.set(request, sink);
      return sink;
    },
    signal,
  );
  return requests.map((request) => {
    const sink = sinks.get(request);
    if (sink?.isEnded !== true) throw new Error(`${request.path} in layer ${request.layer} has not come`);
    if (sink instanceof SlowSink && sink.early > 0) throw new Error(`${request.path} came too early`);
    return sink.bytes;
  });
}

/** SHA-256 of what came of each request: to compare many large files byte by byte takes a minute. */
export const digestsOf = async (...asked: Parameters<typeof contentsOf>): Promise<string[]> =>
  (await contentsOf(...asked)).map(sha256);

/** What came of one request, as text. */
export async function textOfOne(source: ImageSource, request: ContentRequest): Promise<string> {
  const [content = Buffer.alloc(0)] = await contentsOf(source, [request]);
  return content.toString('latin1');
}
