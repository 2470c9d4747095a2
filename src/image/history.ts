import { isObject, stringOrNull } from './json.ts';

/** One step of how the image was made (image-spec, config.md, "history"). */
export interface HistoryEntry {
  readonly createdBy: string | null;
  readonly created: string | null;
  /** True when the step made no layer (ENV, CMD). */
  readonly empty: boolean;
  /** What its builder had to say of it; left out where there is nothing. */
  readonly comment?: string;
}

/** A history entry with the layer it made. */
export interface Instruction {
  readonly createdBy: string | null;
  readonly created: string | null;
  /** Number of the layer, base first from 0; null for an empty instruction. */
  readonly layer: number | null;
  /** What its builder had to say of it: of an import, which has no command, where it came from. */
  readonly comment?: string;
}

/** The `history` of an image config; empty when it has none. */
export function historyOf(value: unknown): HistoryEntry[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((entry) => ({
    createdBy: stringOrNull(entry['created_by']),
    created: stringOrNull(entry['created']),
    empty: entry['empty_layer'] === true,
    ...withComment(stringOrNull(entry['comment'])),
  }));
}

/** Nothing is left of a comment that says nothing. */
export function withComment(comment: string | null): { comment?: string } {
  return comment === null || comment === '' ? {} : { comment };
}

/**
 * Pairs history entries with layers, in order. A history is optional and may be wrong: layers that no entry
 * tells of stand at the end without a command, entries beyond the last layer count as empty.
 */
export function instructionsOf(history: readonly HistoryEntry[], layers: number): Instruction[] {
  let next = 0;
  const instructions = history.map(({ createdBy, created, empty, comment }): Instruction => {
    const layer = empty || next === layers ? null : next++;
    return { createdBy, created, layer, ...withComment(comment ?? null) };
  });
  for (; next < layers; next++) instructions.push({ createdBy: null, created: null, layer: next });
  return instructions;
}

/** A step as the daemon's history API tells it: it does not say which steps are empty. */
export interface DaemonHistoryEntry {
  readonly createdBy: string;
  readonly created: string | null;
  readonly comment?: string;
  /** Bytes of the layer; 0 for an empty step, and for a layer without bytes. */
  readonly size: number;
}

/** Dockerfile instructions that never make a layer, as classic builder and BuildKit write them down. */
const METADATA_ONLY =
  /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b/;

/**
 * The history of an image as its daemon tells it, base first, with a guess at which steps made no layer: exact as
 * soon as the number of layers leaves no doubt, and replaced by the config once the export brings it.
 */
export function guessEmptySteps(steps: readonly DaemonHistoryEntry[], layers: number): HistoryEntry[] {
  const empty = steps.map((step) => step.size === 0 && METADATA_ONLY.test(step.createdBy));
  let made = empty.filter((isEmpty) => !isEmpty).length;
  // WORKDIR of a directory that is there, RUN true: a layer for one builder, none for another. Nearest the top first.
  for (let index = steps.length - 1; index >= 0 && made > layers; index--) {
    if (empty[index] === false && steps[index]?.size === 0) {
      empty[index] = true;
      made--;
    }
  }
  return steps.map(({ createdBy, created, comment }, index) => ({
    createdBy: createdBy === '' ? null : createdBy,
    created,
    empty: empty[index] ?? false,
    ...withComment(comment ?? null),
  }));
}
