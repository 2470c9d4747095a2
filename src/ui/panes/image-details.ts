import { formatTime } from '../../image/format.ts';
import { integrityText } from '../../image/integrity.ts';
import type { ImageFacts, LayerBlob } from '../../image/source.ts';
import { visible } from '../../image/text.ts';
import { type Line, segment, wrap } from '../text/segments.ts';

const NAME = 12;

/** Variables, labels, ports that are listed of each kind: no person reads more, and each takes its time to wrap. */
const MOST_VALUES = 1000;

/** The image's names, digests, whether its layers have them, and how its containers start. */
export function imageDetails(facts: ImageFacts, width: number, blobs: readonly LayerBlob[] = []): Line[] {
  const { container } = facts;
  const created = facts.created === null ? null : new Date(facts.created);
  const fields: readonly (readonly [name: string, values: readonly (string | null)[]])[] = [
    ['reference', [facts.reference]],
    ['source', [facts.source]],
    ['daemon', [facts.daemon]],
    ['platform', [facts.platform]],
    ['created', [created === null || Number.isNaN(created.getTime()) ? facts.created : formatTime(created)]],
    ['ID', [facts.id]],
    ['digest', [facts.digest]],
    ['layers', [integrityText(blobs, facts.layers.length)]],
    ['user', [container.user]],
    ['directory', [container.workingDir]],
    ['entrypoint', [argumentText(container.entrypoint)]],
    ['command', [argumentText(container.cmd)]],
    ['ports', container.exposedPorts],
    ['volumes', container.volumes],
    ['environment', container.env],
    ['labels', Object.entries(container.labels).map(([key, value]) => `${key}=${value}`)],
  ];
  return fields.flatMap(([name, values]) =>
    fieldLines(
      name,
      values.filter((value) => value !== null),
      width,
    ),
  );
}

function fieldLines(name: string, values: readonly string[], width: number): Line[] {
  const left = values.length - MOST_VALUES;
  const texts = [
    ...values.slice(0, MOST_VALUES).flatMap((value) => wrap(visible(value), width - NAME)),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
  return texts.map((text, index): Line => [
    segment((index === 0 ? name : '').padEnd(NAME), 'dim'),
    segment(text),
  ]);
}

/** As a Dockerfile's exec form writes them; null when there are none. */
function argumentText(values: readonly string[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}
