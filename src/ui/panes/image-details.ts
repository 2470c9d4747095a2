// All that is known of an image, in sections: its names, how its containers start, its history, its digests, and
// dive's figures of it.

import type { DiveFigures } from '../../analysis/dive-figures.ts';
import type { ContainerConfig, Healthcheck } from '../../image/config.ts';
import { formatBytes, formatExactBytes, formatPercent, formatTime } from '../../image/format.ts';
import { integrityText, type Verification } from '../../image/integrity.ts';
import { sourceText, unverifiedText } from '../../image/origin.ts';
import type { ImageFacts, LayerBlob } from '../../image/source.ts';
import { visible } from '../../image/text.ts';
import { fitLine, type Line, segment, wrap } from '../text/segments.ts';
import { historyLines } from './image-history.ts';

const NAME = 12;

/** Lines of one section: no person reads more, and each takes its time to wrap. */
const MOST_LINES = 5000;

/** What there is to know of an image, beside its files. */
export interface KnownImage {
  readonly facts: ImageFacts;
  /** Of each layer that has been read. */
  readonly blobs: readonly LayerBlob[];
  readonly verification: Verification;
  /** Payload bytes of each layer, as read or as told; null where nobody knows. */
  readonly layerBytes: readonly (number | null)[];
  readonly dive: DiveFigures | 'unread' | 'unasked';
  /** What the key is called that asks for those figures. */
  readonly enterKey: string;
}

/** From so many cells on, the sections stand in two columns. */
const TWO_COLUMNS = 150;
const BETWEEN = 3;
/** Share of the cells that the left column has: the right one has digests of 71 characters. */
const LEFT_SHARE = 0.46;

/** The text of the screen of the image. */
export function imageDetails(image: KnownImage, width: number): Line[] {
  if (width < TWO_COLUMNS) return joined([...aboutSections(image, width), ...originSections(image, width)]);
  const left = Math.floor((width - BETWEEN) * LEFT_SHARE);
  const about = joined(aboutSections(image, left));
  const origin = joined(originSections(image, width - BETWEEN - left));
  return Array.from({ length: Math.max(about.length, origin.length) }, (_, row): Line => {
    const line = fitLine(about[row] ?? [], left, '');
    return [...line, segment(' '.repeat(BETWEEN)), ...(origin[row] ?? [])];
  });
}

const aboutSections = (image: KnownImage, width: number): Section[] => [
  { title: 'Image', lines: nameLines(image.facts, width) },
  { title: 'How its containers start', lines: containerLines(image.facts.container, width) },
  { title: 'Environment', lines: pairLines(image.facts.container.env, width) },
  { title: 'Labels', lines: pairLines(labelsOf(image.facts.container), width) },
  { title: "dive's own figures", lines: diveLines(image, width) },
];

const originSections = (image: KnownImage, width: number): Section[] => [
  {
    title: 'History',
    lines: historyLines(image.facts.instructions, image.layerBytes, width, MOST_LINES),
  },
  { title: 'Digests', lines: digestLines(image, width) },
  { title: 'Layers by their diff IDs, and the blobs that hold them', lines: layerLines(image, width) },
];

interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** One below the other, those that have anything to say. */
function joined(sections: readonly Section[]): Line[] {
  return sections
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ title, lines }, index): Line[] => [
      ...(index === 0 ? [] : [[]]),
      [segment(title, 'title')],
      ...atMost(lines),
    ]);
}

function atMost(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), [segment(`  and ${lines.length - MOST_LINES} more lines`, 'dim')]];
}

function nameLines(facts: ImageFacts, width: number): Line[] {
  const created = facts.created === null ? null : new Date(facts.created);
  const time = created === null || Number.isNaN(created.getTime()) ? facts.created : formatTime(created);
  return fields(
    [
      ['reference', [facts.reference]],
      ['source', [sourceText(facts), facts.note ?? null]],
      ['daemon', [facts.daemon]],
      ['platform', [facts.platform]],
      ['created', [time]],
    ],
    width,
  );
}

function containerLines(container: ContainerConfig, width: number): Line[] {
  return fields(
    [
      ['user', [container.user]],
      ['directory', [container.workingDir]],
      ['entrypoint', [argumentText(container.entrypoint)]],
      ['command', [argumentText(container.cmd)]],
      ['ports', container.exposedPorts],
      ['volumes', container.volumes],
      ['stop signal', [container.stopSignal]],
      ['healthcheck', [container.healthcheck === null ? null : healthText(container.healthcheck)]],
    ],
    width,
  );
}

/** As a Dockerfile's exec form writes them; null when there are none. */
function argumentText(values: readonly string[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}

const NANOSECONDS = 1e9;

function healthText({ test, interval, timeout, retries }: Healthcheck): string {
  const [kind, ...command] = test;
  const text = kind === 'NONE' ? 'none' : kind === 'CMD-SHELL' ? command.join(' ') : JSON.stringify(command);
  return [
    text,
    ...(interval === null ? [] : [`every ${interval / NANOSECONDS} s`]),
    ...(timeout === null ? [] : [`at most ${timeout / NANOSECONDS} s`]),
    ...(retries === null ? [] : [`${retries} retries`]),
  ].join(', ');
}

function labelsOf({ labels }: ContainerConfig): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

/** `NAME=value`, each on a line of its own; what does not fit goes on, set in. */
function pairLines(pairs: readonly string[], width: number): Line[] {
  return pairs.slice(0, MOST_LINES).flatMap((pair) => {
    const text = visible(pair);
    const name = text.slice(0, text.indexOf('=') + 1);
    const [first = '', ...others] = wrap(text, width - 4);
    const head: Line = first.startsWith(name)
      ? [segment(`  ${name}`, 'dim'), segment(first.slice(name.length))]
      : [segment(`  ${first}`)];
    return [head, ...others.map((line): Line => [segment(`    ${line}`)])];
  });
}

function digestLines({ facts, blobs, verification }: KnownImage, width: number): Line[] {
  const { id, digest, layers } = facts;
  return fields(
    [
      ['image ID', [id]],
      ['manifest', [digest]],
      ['layers', [integrityText(blobs, layers.length, verification) ?? unverifiedText(facts)]],
    ],
    width,
  );
}

/** Cells of a layer's number: on 80 columns a digest just fits beside it. */
const NUMBER = 4;

function layerLines({ facts, blobs }: KnownImage, width: number): Line[] {
  const column = width - NUMBER - 1;
  return facts.layers.flatMap(({ diffId }, layer): Line[] => {
    const { digest = null, blobBytes = null } = blobs[layer] ?? {};
    const blob = blobText(digest, blobBytes, diffId);
    const [first = '', ...others] = wrap(visible(diffId ?? 'unknown'), column);
    const indented = (text: string, role: 'plain' | 'dim'): Line => {
      return [segment(' '.repeat(NUMBER + 1) + text, role)];
    };
    return [
      [segment(String(layer).padStart(NUMBER), 'strong'), segment(` ${first}`)],
      ...others.map((text) => indented(text, 'plain')),
      ...(blob === '' ? [] : wrap(blob, column).map((text) => indented(text, 'dim'))),
    ];
  });
}

function blobText(digest: string | null, bytes: number | null, diffId: string | null): string {
  const size = bytes === null ? '' : formatExactBytes(bytes);
  if (digest === null) return size === '' ? '' : `blob of ${size}`;
  const name = digest === diffId ? 'blob of the same digest' : `blob ${visible(digest)}`;
  return size === '' ? name : `${name}, ${size}`;
}

function diveLines({ dive, enterKey }: KnownImage, width: number): Line[] {
  if (dive === 'unread') return [];
  if (dive === 'unasked')
    return [[segment(`  ${enterKey} reckons them: this image is so large that it takes a while.`)]];
  const { efficiency, wastedBytes, userWastedPercent } = dive;
  return fields(
    [
      ['efficiency', [formatPercent(efficiency)]],
      ['wasted', [`${formatBytes(wastedBytes)}, counted by its own rules`]],
      ['user wasted', [userWastedPercent === null ? null : formatPercent(userWastedPercent)]],
    ],
    width,
  );
}

/** Names and what they stand for, each value on lines of its own; what is unknown is left out. */
function fields(
  given: readonly (readonly [name: string, values: readonly (string | null)[]])[],
  width: number,
): Line[] {
  return given.flatMap(([name, values]) => {
    const known = values.filter((value) => value !== null);
    const texts = known.slice(0, MOST_LINES).flatMap((value) => wrap(visible(value), width - NAME - 2));
    return texts.map((text, index): Line => [
      segment(`  ${index === 0 ? name : ''}`.padEnd(NAME + 2), 'dim'),
      segment(text),
    ]);
  });
}
