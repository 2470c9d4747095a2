import { createReadStream, statSync } from 'node:fs';
import { loadWhole } from '../harness/load-whole.ts';
import { ANY_IMAGE, SeveralImages, type Wish } from '../../src/image/choice.ts';
import { messageOf, PeelError } from '../../src/image/errors.ts';
import type { ContentRequest, ImageSource } from '../../src/image/source.ts';
import { reportJson } from '../../src/report/json.ts';
import { type AnalysedImage, reportOf } from '../../src/report/report.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { ArchiveSource } from '../../src/sources/archive.ts';
import { LayoutSource } from '../../src/sources/layout.ts';
import { contentRequest } from '../../src/tree/content-request.ts';
import { cells } from '../../src/ui/text/segments.ts';
import type { Wanted } from './pool.ts';
import { screensOf } from './screens.ts';

/** How a case ended: with a report, refused with a `PeelError`'s code, or with something that must not be. */
export type Outcome =
  | { readonly kind: 'report' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'finding'; readonly what: string };

/** What no terminal may be given: controls, marks that turn the writing direction, lone surrogates. */
export const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** A refusal is read by people. */
const LONGEST_MESSAGE = 10_000;

/** Images of a place that are opened, where somebody would have to choose. */
const CHOSEN_IMAGES = 3;

/** Files of an image that are read. */
const READ_FILES = 20;

/** Reads an image as the program does: report, summary and screens, and the content of some files. */
export async function tryCase(wanted: Wanted): Promise<Outcome> {
  const outcome = await tryImage(wanted, ANY_IMAGE);
  for (const name of outcome.keys?.slice(0, CHOSEN_IMAGES) ?? []) {
    const chosen = await tryImage(wanted, { name, platform: null });
    if (chosen.kind === 'finding') return { kind: 'finding', what: `image ${name}: ${chosen.what}` };
  }
  return outcome;
}

async function tryImage(wanted: Wanted, wish: Wish): Promise<Outcome & { keys?: readonly string[] }> {
  const source = sourceOf(wanted, wish);
  try {
    const loaded = await loadWhole(source);
    const leak = leakOf(loaded) ?? (await faultOfScreens(source, loaded));
    if (leak !== null) return { kind: 'finding', what: leak };
    const lack = await readSomeFiles(source, loaded);
    return lack === null ? { kind: 'report' } : { kind: 'finding', what: lack };
  } catch (error) {
    const keys = error instanceof SeveralImages ? error.images.flatMap(({ key }) => key ?? []) : [];
    return { ...outcomeOf(error), keys };
  }
}

function sourceOf({ path, place, pieceBytes, isSought }: Wanted, wish: Wish): ImageSource {
  if (place !== 'archive') return new LayoutSource({ path, kind: place }, wish);
  const open = (signal: AbortSignal) => createReadStream(path, { highWaterMark: pieceBytes, signal });
  const file = isSought ? { total: statSync(path).size, path } : { total: null };
  return new ArchiveSource({ name: 'case.tar', open, ...file }, wish);
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof PeelError)) {
    return { kind: 'finding', what: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const message = messageOf(error);
  if (message === '' || UNSAFE.test(message))
    return { kind: 'finding', what: `no line: ${JSON.stringify(message)}` };
  if (message.length > LONGEST_MESSAGE) return { kind: 'finding', what: `${message.length} characters long` };
  return { kind: 'refused', code: error.code };
}

/** What gets through to an output raw; null where nothing does. */
function leakOf(loaded: AnalysedImage): string | null {
  for (const piece of reportJson(reportOf(loaded, true))) {
    if (UNSAFE.test(piece.replaceAll('\n', ''))) return `the report: ${JSON.stringify(piece.slice(0, 500))}`;
  }
  const leak = summaryOf(loaded)
    .split('\n')
    .find((line) => UNSAFE.test(line));
  return leak === undefined ? null : `the summary: ${JSON.stringify(leak.slice(0, 500))}`;
}

/** What a screen must not show: something raw, a line that is not as wide as the screen. Null where all is well. */
async function faultOfScreens(source: ImageSource, loaded: AnalysedImage): Promise<string | null> {
  for await (const { steps, columns, text } of screensOf(source, loaded)) {
    const isFaulty = (line: string) => UNSAFE.test(line) || (columns !== null && cells(line) !== columns);
    const line = text.split('\n').find(isFaulty);
    if (line !== undefined)
      return `the screen after ${steps}: ${JSON.stringify(line.slice(0, 500))}, ${cells(line)} cells`;
  }
  return null;
}

/** Some files, in one pass: all of them come, each with as many bytes as it should have. */
async function readSomeFiles(source: ImageSource, { analysis }: AnalysedImage): Promise<string | null> {
  const { stack, tables } = analysis;
  const step = Math.max(1, Math.floor(stack.entries.count / READ_FILES));
  const requests = Array.from({ length: READ_FILES }, (_, n) => n * step)
    .filter((entry) => entry < stack.entries.count)
    .flatMap((entry) => contentRequest(stack, tables, entry) ?? []);
  const come = new Map<ContentRequest, number>();
  const open = (request: ContentRequest) => ({
    write: (piece: Uint8Array) => come.set(request, (come.get(request) ?? 0) + piece.length) instanceof Map,
    drained: () => Promise.resolve(),
    end: () => Promise.resolve(void come.set(request, come.get(request) ?? 0)),
  });
  try {
    await source.content(requests, open, new AbortController().signal);
  } catch (error) {
    // An archive may hold a member twice: the index has taken the last one, which is not looked for.
    if (error instanceof PeelError && error.code === 'file') return null;
    throw error;
  }
  const wrong = requests.find((request) => come.get(request) !== request.size);
  return wrong === undefined ? null : `${wrong.size} bytes of content: ${come.get(wrong) ?? 'none'} came`;
}
