// How far reading is, where no screen shows it: one line on standard error, drawn over itself and erased at the end.

import { performance } from 'node:perf_hooks';
import { formatBytes } from '../image/format.ts';
import type { LoadEvent } from './load-image.ts';

/** Lines that come faster than this are not drawn. */
const DRAW_MS = 100;

/** ECMA-48: to the first cell, the rest of the line erased. */
const ERASE = '\r\u001b[K';

/** What the line needs of standard error. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export class ProgressLine {
  private readonly output: ProgressOutput;
  /** Only a terminal that can erase it is given a line. */
  private readonly isDrawn: boolean;
  private nextAt = 0;
  private text = '';

  constructor(output: ProgressOutput, { TERM }: NodeJS.ProcessEnv) {
    this.output = output;
    this.isDrawn = output.isTTY === true && TERM !== 'dumb';
  }

  /** Takes an event of loading; draws it if it is time. */
  readonly hear = (event: LoadEvent): void => {
    const text = this.isDrawn ? progressText(event) : null;
    if (text === null || text === this.text || performance.now() < this.nextAt) return;
    this.output.write(ERASE + text);
    this.text = text;
    this.nextAt = performance.now() + DRAW_MS;
  };

  /** Leaves the line as it was before. */
  readonly erase = (): void => {
    if (this.text !== '') this.output.write(ERASE);
    this.text = '';
  };
}

/** `reading 412.0 MB of ~1.02 GB`; null for what is no progress. */
export function progressText(event: LoadEvent): string | null {
  switch (event.type) {
    case 'pull': {
      const fetched = event.layers.reduce((sum, layer) => sum + layer.fetched, 0);
      const done = event.layers.filter(({ isDone }) => isDone).length;
      return `pulling: ${done} of ${event.layers.length} layers, ${formatBytes(fetched)}`;
    }
    case 'progress': {
      const { phase, bytes, total } = event;
      if (phase === 'preparing' && bytes === 0) return 'the daemon prepares the export';
      if (phase === 'comparing') return `comparing ${formatBytes(bytes)} of ${formatBytes(total)}`;
      return `reading ${formatBytes(bytes)}${total === null || total < bytes ? '' : ` of ~${formatBytes(total)}`}`;
    }
    case 'kept':
      return 'read before: from what was kept';
    default:
      return null;
  }
}
