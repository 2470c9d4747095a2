import { visibleJson } from '../image/text.ts';
import type { Report } from './report.ts';

/**
 * The report as JSON text in pieces: a line for each element of its lists, so that it can be searched and compared
 * line by line, and never one string for a million files. A terminal may be given it as it is.
 */
export function* reportJson(report: Report): Generator<string, void> {
  let separator = '{\n';
  for (const [key, value] of Object.entries(report) as [string, unknown][]) {
    yield `${separator}  ${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* elements(value);
    else yield visibleJson(JSON.stringify(value));
    separator = ',\n';
  }
  yield '\n}\n';
}

function* elements(list: readonly unknown[]): Generator<string, void> {
  let separator = '[\n';
  for (const element of list) {
    yield `${separator}    ${visibleJson(JSON.stringify(element))}`;
    separator = ',\n';
  }
  yield '\n  ]';
}
