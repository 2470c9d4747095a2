import type { Analysis } from '../../analysis/analysis.ts';
import { formatBytes, formatExactBytes, formatShare } from '../../image/format.ts';
import type { PaneLayout } from '../../state/layout.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import { cells, fitValue, type Line, segment } from '../text/segments.ts';
import type { Glyphs, Role } from '../theme.ts';

const NAME = 12;
const BYTES = 10;
const SHARE = 9;

const SUM = 'total = live + overwritten + repeated + deleted';

/** Where every byte went: live and the three fates, to the last byte, so that they add up on the screen. */
export function totalsPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const analysis = state.open?.analysis ?? null;
  const frame = { ...layout, isFocused: false, glyphs, title: 'Where every byte went' };
  if (analysis === null)
    return framed([[], [segment('  Nothing has been read yet.', 'dim')]], { ...frame, notes: [] });
  return framed(totalLines(analysis, layout.columns - 2, glyphs), { ...frame, notes: notesOf(state) });
}

function notesOf({ open }: State): string[] {
  if (open === null || open.isComplete) return [SUM];
  return [`so far, ${open.layersRead} of ${open.facts?.layers.length ?? 0} layers`];
}

function totalLines({ ledger }: Analysis, width: number, glyphs: Glyphs): Line[] {
  const { total, live, hidden, reclaimable } = ledger;
  const exact = Math.max(BYTES, cells(formatExactBytes(total)) + 3);
  const bar = width - 1 - NAME - BYTES - exact - SHARE - 3;
  const row = (name: string, bytes: number, rest: Line): Line => [
    segment(` ${name.padEnd(NAME)}`, name === 'total' ? 'strong' : 'plain'),
    segment(fitValue(formatBytes(bytes), BYTES, glyphs.ellipsis), 'strong'),
    segment(fitValue(formatExactBytes(bytes), exact, glyphs.ellipsis)),
    segment(`${fitValue(formatShare(bytes, total), SHARE, glyphs.ellipsis)}  `, 'dim'),
    ...rest,
  ];
  const part = (name: string, bytes: number, glyph: string, role: Role): Line => {
    // What is there at all has a cell at least.
    const filled = bytes === 0 ? 0 : Math.max(1, Math.round((bytes / total) * bar));
    return row(name, bytes, [segment(glyph.repeat(Math.max(0, filled)), role)]);
  };
  return [
    part('live', live, glyphs.live, 'live'),
    part('overwritten', hidden.overwritten, glyphs.hidden, 'modified'),
    part('repeated', hidden.repeated, glyphs.hidden, 'metadata'),
    part('deleted', hidden.deleted, glyphs.hidden, 'removed'),
    row('total', total, [segment(reclaimable === 0 ? '' : `a squash saves ${formatBytes(reclaimable)}`)]),
  ];
}
