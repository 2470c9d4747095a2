import { formatBytes } from '../../image/format.ts';
import type { PulledLayer } from '../../image/source.ts';
import { visible } from '../../image/text.ts';
import type { PaneLayout } from '../../state/layout.ts';
import type { State } from '../../state/state.ts';
import { framed } from '../text/frame.ts';
import { fit, fitRight, type Line, rowLine, type Segment, segment } from '../text/segments.ts';
import type { Glyphs } from '../theme.ts';

const STATUS = 13;
const SIZES = 17;
/** Cells of a bar. */
const BAR = { min: 5, max: 20 };
/** Cells of an ID, as daemons shorten it; its beginning tells it well enough where there is no room. */
const ID = { min: 8, max: 12 };

/** Widths of the columns whose widths change. */
interface Widths {
  readonly id: number;
  readonly bar: number;
}

function widthsIn(inner: number): Widths {
  const room = inner - 1 - 1 - STATUS - SIZES - 1;
  const id = Math.max(ID.min, Math.min(room - BAR.min, ID.max));
  return { id, bar: Math.max(BAR.min, Math.min(room - id, BAR.max)) };
}

/** What daemons say is done with a layer, in shorter words. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Retrying: 'retrying',
  Downloading: 'downloading',
  'Verifying Checksum': 'verifying',
  'Download complete': 'downloaded',
  Extracting: 'extracting',
  'Pull complete': 'done',
  'Already exists': 'already here',
};

/** The layers that are being pulled: what is done with each, how large it is as it comes, and how far that is. */
export function pullPane(state: State, layout: PaneLayout, glyphs: Glyphs): Line[] {
  const layers = state.open?.pulled ?? [];
  const { top, cursor } = state.layers;
  const widths = widthsIn(layout.columns - 2);
  const last = Math.min(layers.length, top + layout.listRows);
  const isWhole = top === 0 && last === layers.length;
  const isFocused = state.focus === 'layers';
  const rows = layers.slice(top, last).map((layer, row): Line => {
    const isCursor = top + row === cursor;
    return rowLine(
      [segment(isCursor ? glyphs.cursor : ' ', 'strong'), ...layerParts(layer, widths, glyphs)],
      isCursor && isFocused,
    );
  });
  const title = 'Layers to pull';
  if (layers.length === 0) {
    const asked = segment(`  Asking the daemon to pull it ${glyphs.ellipsis}`, 'dim');
    return framed([[], [asked]], { ...layout, title, notes: [], isFocused, glyphs });
  }
  const heading = segment(` ${'layer'.padEnd(widths.id + 1 + STATUS)}${'bytes'.padStart(SIZES)}`, 'dim');
  const done = layers.filter(({ isDone }) => isDone).length;
  return framed([[heading], ...rows], {
    ...layout,
    title,
    notes: [isWhole ? `${done} of ${layers.length} done` : `${top + 1}-${last} of ${layers.length}`],
    isFocused,
    glyphs,
  });
}

function layerParts(layer: PulledLayer, { id, bar }: Widths, glyphs: Glyphs): Segment[] {
  const { status, share, isDone } = layer;
  const filled = share === null ? 0 : Math.floor(share * bar);
  return [
    segment(fit(visible(layer.id).slice(0, id), id, glyphs.ellipsis)),
    segment(' '),
    segment(
      fit(STATUS_WORDS[status] ?? visible(status), STATUS - 1, glyphs.ellipsis),
      isDone ? 'dim' : 'plain',
    ),
    segment(' '),
    segment(`${fitRight(sizesText(layer), SIZES, glyphs.ellipsis)} `),
    segment(glyphs.live.repeat(filled), 'live'),
    segment(glyphs.nothing.repeat(bar - filled), 'dim'),
  ];
}

/** What has come of what is to come, until all has. */
function sizesText({ fetched, total }: PulledLayer): string {
  if (total === null) return fetched === 0 ? '' : formatBytes(fetched);
  if (total === 0) return '';
  return fetched < total ? `${formatBytes(fetched)}/${formatBytes(total)}` : formatBytes(total);
}
