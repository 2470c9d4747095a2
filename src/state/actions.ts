import type { Analysis } from '../analysis/analysis.ts';
import type { ListedImage } from '../image/listed-image.ts';
import type { PullOffer } from '../image/missing-image.ts';
import type { ImageFacts, LayerBlob, PulledLayer } from '../image/source.ts';
import type { ScreenSize, State } from './state.ts';

/** What a key can ask for; the keymap says which key asks for what. */
export type Command =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'left'
  | 'right'
  | 'enter'
  | 'back'
  | 'next-pane'
  | 'previous-pane'
  | 'next-layer'
  | 'previous-layer'
  | 'toggle-fold'
  | 'fold-all'
  | 'unfold-all'
  | 'toggle-mode'
  | 'toggle-order'
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
  | 'image'
  | 'file'
  | 'help'
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
  /** A key that no command is bound to. */
  | { readonly type: 'unknown-key'; readonly key: string }
  /** Text while a filter is being typed. */
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'erased' }
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
      readonly phase: 'preparing' | 'reading';
      readonly bytes: number;
      readonly total: number | null;
      readonly now: number;
    }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'layer'; readonly analysis: Analysis; readonly blobs: readonly LayerBlob[] }
  | { readonly type: 'complete' }
  | { readonly type: 'failed'; readonly message: string };

export type CommandAction = Extract<Action, { type: 'command' }>;

/** What the world outside is asked to do. */
export type Effect =
  | { readonly type: 'open'; readonly reference: string }
  /** Open the image that has this key where several were found. */
  | { readonly type: 'choose'; readonly key: string }
  /** Open what was to be opened last, and pull it if it is not there. */
  | { readonly type: 'pull' }
  | { readonly type: 'cancel' }
  | { readonly type: 'list-images' }
  | { readonly type: 'quit'; readonly isInterrupted: boolean };

/** What an action leads to. */
export interface Update {
  readonly state: State;
  readonly effect?: Effect;
}
