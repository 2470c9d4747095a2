// Keys and a terminal's own messages come in one stream; this tells them apart.

/** What a terminal says by itself or when it is asked. Columns and rows count from 0. */
export type Reply =
  | { readonly kind: 'background'; readonly color: string }
  /** The answer to DA1, which every terminal gives. */
  | { readonly kind: 'attributes' }
  | { readonly kind: 'mouse'; readonly button: number; readonly column: number; readonly row: number };

/**
 * OSC 11 with its colour, up to BEL or ST; DA1; a button of the mouse pressed or released (SGR, mode 1006).
 * A colour has no more than 32 characters: what is longer is none, and is let through.
 */
const REPLY =
  /\u001b\]11;([^\u0007\u001b]{0,32})(?:\u0007|\u001b\\)|\u001b\[\?[\d;]*c|\u001b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])/g;

/** The beginning of one, at the end of what has come. */
const BEGUN = /\u001b(?:\](?:1(?:1(?:;[^\u0007\u001b]{0,32}\u001b?)?)?)?|\[(?:\?[\d;]*|<[\d;]{0,17})?)?$/;

export class ReplyFilter {
  private held = '';

  /** Keys of a chunk, and what the terminal says in it. The beginning of a message is held back until the rest comes. */
  push(chunk: string): { keys: string; replies: Reply[] } {
    const replies: Reply[] = [];
    const text = (this.held + chunk).replace(
      REPLY,
      (_whole: string, color?: string, button?: string, column?: string, row?: string, final?: string) => {
        if (color !== undefined) replies.push({ kind: 'background', color });
        else if (button === undefined) replies.push({ kind: 'attributes' });
        // A release says nothing that the press has not.
        else if (final === 'M') {
          const place = { column: Number(column) - 1, row: Number(row) - 1 };
          replies.push({ kind: 'mouse', button: Number(button), ...place });
        }
        return '';
      },
    );
    const begun = BEGUN.exec(text)?.index ?? text.length;
    this.held = text.slice(begun);
    return { keys: text.slice(0, begun), replies };
  }

  /** What is held back: what may be a key (Esc), what can be nothing but a message, or nothing. */
  get holds(): 'key' | 'message' | null {
    if (this.held === '') return null;
    return /^.(?:\]11;|\[[?<])/s.test(this.held) ? 'message' : 'key';
  }

  /** The keys that have been held back, when the rest has not come. */
  release(): string {
    const keys = this.holds === 'message' ? '' : this.held;
    this.held = '';
    return keys;
  }
}
