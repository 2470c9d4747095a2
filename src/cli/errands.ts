// What the screen has sent for, done: paths extracted, files opened in a pager, texts copied.

import type { Analysis } from '../analysis/analysis.ts';
import { extract, type ExtractReport } from '../extract/extract.ts';
import type { LeftOut } from '../extract/plan.ts';
import { PlacesTaken } from '../extract/taken.ts';
import { messageOf } from '../image/errors.ts';
import { formatBytes } from '../image/format.ts';
import type { ImageSource } from '../image/source.ts';
import type { Action, Effect } from '../state/actions.ts';
import type { ExtractCount } from '../state/file-state.ts';
import { copyToClipboard } from '../ui/text/clipboard.ts';
import { completeDirectory, withHome } from './complete-directory.ts';
import { openInPager } from './open-in-pager.ts';
import type { OpenTerminal } from './terminal.ts';

/** Progress is told no more often: nobody reads faster. */
const TOLD_MS = 100;

/** The image that paths are taken from. */
interface Image {
  readonly source: ImageSource;
  readonly analysis: Analysis;
}

type Dispatch = (action: Action) => void;

/** Does one errand at a time, and tells what comes of it. */
export class Errands {
  private readonly terminal: Pick<OpenTerminal, 'lend' | 'pass'>;
  private readonly dispatch: Dispatch;
  private current = new AbortController();
  private completing = new AbortController();

  constructor(terminal: Pick<OpenTerminal, 'lend' | 'pass'>, dispatch: Dispatch) {
    this.terminal = terminal;
    this.dispatch = dispatch;
  }

  /** Gives up what is under way; how that ends is told. */
  cancel(): void {
    this.current.abort();
  }

  /** Gives up what is under way, and tells nothing more of it: it was for an image that is not looked at any more. */
  forget(): void {
    const { current } = this;
    this.current = new AbortController();
    current.abort();
    this.completing.abort();
  }

  /** Writes a path to a disk. */
  extract({ at, destination, replaces }: Extract<Effect, { type: 'extract' }>, image: Image): Promise<void> {
    return this.run(async (signal, tell) => {
      const progress = new Progress((done) => tell({ type: 'extracted', done }));
      const wish = {
        analysis: image.analysis,
        ...at,
        destination: withHome(destination),
        overwrite: replaces,
        onProgress: progress.hear,
      };
      try {
        return reportText(await extract(wish, image.source, signal));
      } catch (error) {
        if (signal.aborted) return cancelledText(progress.last);
        if (!(error instanceof PlacesTaken) || !error.canReplace || replaces) throw error;
        const [first] = error.obstacles;
        tell({ type: 'places-taken', count: error.obstacles.length, first: first?.path ?? '' });
        return null;
      } finally {
        progress.end();
      }
    });
  }

  /** Opens a file in another program, which has the terminal as long as it runs. */
  page({ path, content }: Extract<Effect, { type: 'page' }>, { source }: Image): Promise<void> {
    const surroundings = { environment: process.env, withTerminal: this.terminal.lend };
    return this.run(async (signal) => {
      try {
        await openInPager(source, { path, content }, surroundings, signal);
        return null;
      } catch (error) {
        if (signal.aborted) return 'Cancelled.';
        throw error;
      }
    });
  }

  /** Looks for what a directory that is typed may go on to. */
  async complete({ typed }: Extract<Effect, { type: 'complete' }>): Promise<void> {
    this.completing.abort();
    const { signal } = (this.completing = new AbortController());
    const completed = await completeDirectory(typed, signal).catch(messageOf);
    if (!signal.aborted) this.dispatch({ type: 'completed', typed, completed });
  }

  /** Hands a text to the terminal's clipboard, where it has one. */
  copy({ text }: Extract<Effect, { type: 'copy' }>): void {
    const copy = copyToClipboard(text, process.env);
    if ('sequence' in copy) this.terminal.pass(copy.sequence);
    else this.dispatch({ type: 'not-copied', sentence: `Not copied: ${copy.refusal}.` });
  }

  /** @param errand does it, and says in the end what there is to say. */
  private async run(
    errand: (signal: AbortSignal, tell: (action: Action) => void) => Promise<string | null>,
  ): Promise<void> {
    const controller = new AbortController();
    this.current = controller;
    const tell = (action: Action) => {
      if (this.current === controller) this.dispatch(action);
    };
    const sentence = await errand(controller.signal, tell).catch(messageOf);
    tell({ type: 'errand-ended', sentence });
  }
}

/** Hears of every piece, and tells of few; of the last one before a pause too. */
class Progress {
  last: ExtractCount | null = null;
  private readonly tell: (count: ExtractCount) => void;
  private pause: NodeJS.Timeout | undefined;

  constructor(tell: (count: ExtractCount) => void) {
    this.tell = tell;
  }

  readonly hear = (count: ExtractCount): void => {
    this.last = count;
    if (this.pause !== undefined) return;
    this.tell(count);
    this.pause = setTimeout(() => {
      this.pause = undefined;
      if (this.last !== null && this.last !== count) this.hear(this.last);
    }, TOLD_MS);
  };

  end(): void {
    clearTimeout(this.pause);
  }
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** What has been written, where, and what has not. */
export function reportText(report: ExtractReport): string {
  const { destination, files, links, directories, symlinks, bytes } = report;
  const isEmpty = files + links + symlinks === 0;
  const counts = [
    files === 0 ? '' : `${counted(files, 'file')} (${formatBytes(bytes)})`,
    links === 0 ? '' : counted(links, 'hard link'),
    symlinks === 0 ? '' : counted(symlinks, 'symlink'),
    !isEmpty || directories === 0 ? '' : counted(directories, 'directory', 'directories'),
  ].filter((text) => text !== '');
  const what = counts.length === 0 ? 'nothing' : counts.join(', ');
  const where = destination === '.' ? 'the current directory' : destination;
  return `Extracted ${what} into ${where}${leftOutText(report.leftOut)}.`;
}

function leftOutText({ devices, fifos, deadLinks, names }: LeftOut): string {
  const parts = [
    devices === 0 ? '' : counted(devices, 'device'),
    fifos === 0 ? '' : counted(fifos, 'fifo'),
    deadLinks === 0 ? '' : `${counted(deadLinks, 'hard link')} to nothing`,
    names === 0 ? '' : `${counted(names, 'name')} that no file system takes`,
  ].filter((text) => text !== '');
  return parts.length === 0 ? '' : `; left out: ${parts.join(', ')}`;
}

/** What has been written by then is whole, and stays. */
function cancelledText(done: ExtractCount | null): string {
  if (done === null || done.files === 0) return 'Cancelled: nothing has been written.';
  return `Cancelled: ${done.files} of ${counted(done.totalFiles, 'file')} ${done.files === 1 ? 'has' : 'have'} been written.`;
}
