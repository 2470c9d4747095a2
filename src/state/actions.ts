import type { Analysis } from '../analysis/analysis.ts';
import type { ByteString } from '../image/entry.ts';
import type { ListedImage } from '../image/listed-image.ts';
import type { PullOffer } from '../image/missing-image.ts';
import type { Verification } from '../image/integrity.ts';
import type { ContentRequest, ImageFacts, LayerBlob, PulledLayer } from '../image/source.ts';
import type { CaretMove, Erased } from './line-editor.ts';
import type { Candidates, ContentLoad, ExtractCount, PathAt } from './file-state.ts';
import type { ScreenSize, State } from './state.ts';

/** What a key can ask for; the keymap says which key asks for what. */
export type Command =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'half-page-up'
  | 'half-page-down'
  | 'first'
  | 'last'
  | 'left'
  | 'right'
  | 'enter'
  | 'back'
  | 'next-match'
  | 'previous-match'
  | 'next-pane'
  | 'previous-pane'
  | 'details'
  | 'next-layer'
  | 'previous-layer'
  | 'toggle-fold'
  | 'fold-all'
  | 'unfold-all'
  | 'fewer-levels'
  | 'more-levels'
  | 'toggle-range'
  | 'toggle-mode'
  | 'toggle-order'
  | 'toggle-flat'
  | 'zoom'
  | 'toggle-added'
  | 'toggle-modified'
  | 'toggle-removed'
  | 'toggle-unchanged'
  | 'filter'
  | 'pull'
  | 'images'
  | 'explore'
  | 'waste'
  | 'waste-screen'
  | 'group'
  | 'image'
  | 'file'
  | 'extract'
  | 'overwrite'
  | 'page'
  | 'copy'
  | 'copy-content'
  | 'help'
  | 'redraw'
  | 'suspend'
  | 'quit'
  | 'interrupt';

/** Everything that can happen. Moments are milliseconds of one clock. */
export type Action =
  | {
      readonly type: 'command';
      readonly command: Command;
      readonly now: number;
      /** Lines of the text that has the focus (details, help): how long it is only the screen knows; else 0. */
      readonly textLines: number;
    }
  /** The mouse, at a cell counted from 0; `textLines` as of a command, for what stands there. */
  | {
      readonly type: 'pointed';
      readonly what: 'click' | 'wheel-up' | 'wheel-down';
      readonly column: number;
      readonly row: number;
      /** Where what stands there has a key, such as the name of a screen: what that asks for. */
      readonly command?: Command | null;
      /** Whether the mark stands there that says if a row is folded. */
      readonly isOnFold?: boolean;
      readonly now: number;
      readonly textLines: number;
    }
  /** Somebody is here for the first time. */
  | { readonly type: 'first-run' }
  /** A key that no command is bound to. */
  | { readonly type: 'unknown-key'; readonly key: string }
  /** Text while a filter is being typed. */
  | { readonly type: 'typed'; readonly text: string }
  /** Some of that text is taken away: the character before its cursor where nothing else is said. */
  | { readonly type: 'erased'; readonly what?: Erased }
  /** The cursor in that text. */
  | { readonly type: 'caret-moved'; readonly to: CaretMove }
  | { readonly type: 'resized'; readonly size: ScreenSize }
  | {
      readonly type: 'images-listed';
      readonly images: readonly ListedImage[];
      readonly problem: string | null;
    }
  /** What was to be opened holds several images, each with a key. */
  | {
      readonly type: 'images-found';
      readonly images: readonly ListedImage[];
      readonly place: string;
      /** Whether it was itself chosen from the daemon's images. */
      readonly isListed: boolean;
    }
  /**
   * The image is not there, and could be pulled; `message` says so in one line. `hasFailed`: it was to be pulled, and
   * the message says why it could not be.
   */
  | {
      readonly type: 'image-missing';
      readonly offer: PullOffer;
      readonly message: string;
      readonly hasFailed: boolean;
    }
  | { readonly type: 'pull'; readonly layers: readonly PulledLayer[]; readonly now: number }
  | { readonly type: 'image'; readonly image: ImageFacts }
  | {
      readonly type: 'progress';
      readonly phase: 'preparing' | 'reading' | 'comparing';
      readonly bytes: number;
      readonly total: number | null;
      readonly now: number;
    }
  /** The image has been read before, and its layers come from what was kept of it. */
  | { readonly type: 'kept'; readonly now: number }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'layer'; readonly analysis: Analysis; readonly blobs: readonly LayerBlob[] }
  | { readonly type: 'complete' }
  /** Nothing else is to be done: a search may go on. */
  | { readonly type: 'search-on' }
  /** Layers that have been read are being held against their digests, or have been. */
  | {
      readonly type: 'verified';
      readonly blobs: readonly LayerBlob[];
      readonly verification: Verification;
    }
  /** Something of a stored file's content has come, or all of it, or it cannot be had. */
  | { readonly type: 'content'; readonly inode: number; readonly load: ContentLoad }
  /** Of the extraction that is under way. */
  | { readonly type: 'extracted'; readonly done: ExtractCount }
  /** So many files are there already, and could be replaced; nothing has been written. `first` names one of them. */
  | { readonly type: 'places-taken'; readonly count: number; readonly first: string }
  /** The errand is over; null: there is nothing to say about it. */
  | { readonly type: 'errand-ended'; readonly sentence: string | null }
  /** What a directory that was typed goes on to, as far as that is certain, or why it cannot be told. */
  | {
      readonly type: 'completed';
      readonly typed: string;
      readonly completed: { readonly text: string; readonly candidates: Candidates | null } | string;
    }
  /** What was to be copied cannot be. */
  | { readonly type: 'not-copied'; readonly sentence: string }
  | { readonly type: 'failed'; readonly message: string };

export type CommandAction = Extract<Action, { type: 'command' }>;

/** A stored file that is to be read. */
export interface WantedContent {
  readonly inode: number;
  readonly request: ContentRequest;
}

/** What the world outside is asked to do. */
export type Effect =
  | { readonly type: 'open'; readonly reference: string }
  /** Open the image that has this key where several were found. */
  | { readonly type: 'choose'; readonly key: string }
  /** Open what was to be opened last, and pull it if it is not there. */
  | { readonly type: 'pull' }
  | { readonly type: 'cancel' }
  /** Say `search-on` once whatever has come meanwhile has been heard. */
  | { readonly type: 'search' }
  /** Read these, and nothing that was to be read before. */
  | { readonly type: 'read-contents'; readonly wanted: readonly WantedContent[] }
  /** Write a path, with all that is in it, into a directory; files that are there are replaced only where that is said. */
  | {
      readonly type: 'extract';
      readonly at: PathAt;
      readonly destination: string;
      readonly replaces: boolean;
    }
  /** Look for the directories that a text may go on to, and for no others that were to be looked for. */
  | { readonly type: 'complete'; readonly typed: string }
  /** Read a file, and show it in another program. */
  | { readonly type: 'page'; readonly path: ByteString; readonly content: ContentRequest }
  /** Give up what has been sent for. */
  | { readonly type: 'cancel-errand' }
  /** Hand a text, or the bytes of one in UTF-8, to the terminal's clipboard. */
  | { readonly type: 'copy'; readonly text: string | Uint8Array }
  | { readonly type: 'list-images' }
  /** Whatever the terminal shows: clear it and write the whole screen anew. */
  | { readonly type: 'redraw' }
  | { readonly type: 'quit'; readonly isInterrupted: boolean };

/** What an action leads to. */
export interface Update {
  readonly state: State;
  readonly effect?: Effect;
}
