// Keys and what a terminal says for itself come in one stream, which is cut wherever the line likes; this tells them apart.
//
// The parser goes through what has come from one Escape to the next. What stands between them is keys. From an Escape on
// there is either a whole reply that is awaited, which is taken out, or something else, which is keys, or, at the end of what
// has come, the beginning of a reply or of a key. A beginning is *held* until more comes, and is then looked at together with
// it. What is held too long is to be let go (`release`): what can be nothing but a reply's beginning is forgotten then, the
// rest are keys. How long is too long depends on what it is (`holds`), and is for those to say who know the time.
//
// An Escape that comes alone is more often a key than a beginning: it is let go soon, and has been a key by then. What it
// was the beginning of may come all the same, over a line that is slow. So what has been let go is remembered as *passed*,
// and looked at together with what follows: a reply that goes on with it is taken out without it, and a key that does is
// that key, and not the letters that it ends in. For a key that is so only until somebody may have typed those (`forget`).
import type { Answer } from './questions.ts';

/** What a terminal says by itself or when it is asked. Columns and rows count from 0. */
export type Reply =
  | { readonly kind: 'background'; readonly color: string }
  /** The answer to DA1, which every terminal gives. */
  | { readonly kind: 'attributes' }
  | { readonly kind: 'mouse'; readonly button: number; readonly column: number; readonly row: number }
  | { readonly kind: 'answer'; readonly answer: Answer };

/** What may come beside keys; what may not is left to others, since a key may send the same. */
export interface Awaited {
  /** The background, the attributes, the mouse. */
  readonly messages: boolean;
  /** How many answers about what has been drawn. */
  readonly answers: number;
}

/** What has come: keys, and replies, each in its order. */
export interface Heard {
  readonly keys: string;
  readonly replies: readonly Reply[];
}

/**
 * What is held back: what may be a key by itself; what is more of a sequence than anybody types, be it a key's or a
 * reply's; or what can be nothing but a reply.
 */
export type Held = 'key' | 'sequence' | 'reply';

const ESCAPE = '\u001b';

/**
 * OSC 11 with its colour, up to BEL or ST; DA1; a button of the mouse pressed or released (SGR, mode 1006).
 * A colour has no more than 32 characters, attributes no more than 64: what is longer is none, and is let through.
 */
const MESSAGE =
  /\u001b(?:\]11;([^\u0007\u001b]{0,32})(?:\u0007|\u001b\\)|\[\?[\d;]{0,64}c|\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm]))/y;
const MESSAGE_BEGUN =
  /\u001b(?:\](?:1(?:1(?:;[^\u0007\u001b]{0,32}\u001b?)?)?)?|\[(?:\?[\d;]{0,64}|<[\d;]{0,17})?)?$/y;

/** DSR's answer; a report of the cursor in the first line. */
const ANSWER = /\u001b\[(?:0n|1;([24])R)/y;
const ANSWER_BEGUN = /\u001b\[(?:0|1;?[24]?)?$/y;

/**
 * Keys that come as sequences (xterm, ctlseqs): cursor and function keys, with Shift and its like too, and what a paste
 * begins with. Its end is none of them: a paste that has begun is somebody else's to put together.
 */
const KEY = /\u001b(?:O[A-DFHP-S]|\[(?:[A-DFHZ]|200~|\d{1,2}(?:;\d{1,2})?[~A-DFHPQRS]))/y;
const KEY_BEGUN = /\u001b(?:O|\[[\d;]{0,5})?$/y;

/** A reply, and where it ends. Null: it is one that says nothing new. */
interface Found {
  readonly reply: Reply | null;
  readonly end: number;
}

export class InputParser {
  private held = '';
  /** What was awaited then. */
  private heldFor: Awaited = { messages: false, answers: 0 };
  /** The beginning of what is held that has been let go before. */
  private heldTwice = 0;
  private passed = '';
  /** Whether a key may go on with what was passed. */
  private isFresh = false;

  push(chunk: string, awaited: Awaited): Heard {
    const heard = { keys: '', replies: new Array<Reply>() };
    const { answers } = awaited;
    // A message that has begun to come is one, though by now none may be awaited any more.
    const messages = awaited.messages || (this.held !== '' && this.heldFor.messages);
    this.read(this.goneOn(chunk, { messages, answers }), { messages, answers }, heard);
    return heard;
  }

  get holds(): Held | null {
    if (this.held === '') return null;
    if (/^.(?:\]11;|\[[?<])/s.test(this.held)) return 'reply';
    const isAnswer = this.heldFor.answers > 0 && this.held.startsWith('[', 1);
    return isAnswer || /^.\[\d/s.test(this.held) ? 'sequence' : 'key';
  }

  /** The keys that have been held back, when the rest has not come. */
  release(): string {
    const isReply = this.holds === 'reply';
    // Behind an Escape that was a key, these have been typed.
    const keys = !isReply || this.heldTwice > 0 ? this.held.slice(this.heldTwice) : '';
    if (!isReply) this.passed = this.held;
    this.isFresh = true;
    this.held = '';
    this.heldTwice = 0;
    return keys;
  }

  /** What has been released was a key, whatever follows it, unless a reply does. */
  forget(): void {
    this.isFresh = false;
  }

  /** What has come behind what is held, or was passed and goes on with it. */
  private goneOn(chunk: string, awaited: Awaited): string {
    const { passed } = this;
    this.passed = '';
    const whole = passed + chunk;
    const isKey = this.isFresh && passed === ESCAPE && (hasKeyAt(whole, 0) || isKeyBegunAt(whole, 0));
    if (passed === '' || !(isKey || replyAt(whole, 0, awaited) !== null || isReplyBegunAt(whole, 0, awaited)))
      return this.held + chunk;
    this.heldTwice = passed.length;
    return whole;
  }

  private read(
    text: string,
    { messages, answers }: Awaited,
    heard: { keys: string; replies: Reply[] },
  ): void {
    this.held = '';
    let open = answers;
    let at = 0;
    for (let next = text.indexOf(ESCAPE); next >= 0; next = text.indexOf(ESCAPE, at)) {
      heard.keys += text.slice(at, next);
      if (next > 0) this.heldTwice = 0;
      const awaited = { messages, answers: open };
      const found = replyAt(text, next, awaited);
      if (found === null && (isReplyBegunAt(text, next, awaited) || isKeyBegunAt(text, next))) {
        this.held = text.slice(next);
        this.heldFor = awaited;
        return;
      }
      if (found === null) at = this.readKey(text, next, heard);
      else {
        at = found.end;
        if (found.reply !== null) heard.replies.push(found.reply);
        if (found.reply?.kind === 'answer') open--;
      }
      this.heldTwice = 0;
    }
    this.heldTwice = 0;
    heard.keys += text.slice(at);
  }

  /** Reads an Escape that begins no reply; returns where to go on. One that has been let go is none any more, unless a key goes on with it. */
  private readKey(text: string, at: number, heard: { keys: string }): number {
    if (this.heldTwice > 0 && !hasKeyAt(text, at)) return at + this.heldTwice;
    heard.keys += ESCAPE;
    return at + 1;
  }
}

/** The awaited reply that begins at an Escape. */
function replyAt(text: string, at: number, { messages, answers }: Awaited): Found | null {
  const answer = answers > 0 ? matchAt(ANSWER, text, at) : null;
  if (answer !== null) {
    return { reply: { kind: 'answer', answer: answerOf(answer[1]) }, end: at + answer[0].length };
  }
  const message = messages ? matchAt(MESSAGE, text, at) : null;
  return message === null ? null : { reply: messageOf(message), end: at + message[0].length };
}

/** Whether what ends with the text may be the beginning of an awaited reply. */
function isReplyBegunAt(text: string, at: number, { messages, answers }: Awaited): boolean {
  return (
    (messages && matchAt(MESSAGE_BEGUN, text, at) !== null) ||
    (answers > 0 && matchAt(ANSWER_BEGUN, text, at) !== null)
  );
}

const hasKeyAt = (text: string, at: number): boolean => matchAt(KEY, text, at) !== null;
const isKeyBegunAt = (text: string, at: number): boolean => matchAt(KEY_BEGUN, text, at) !== null;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function messageOf([, color, button, column, row, final]: RegExpExecArray): Reply | null {
  if (color !== undefined) return { kind: 'background', color };
  if (button === undefined) return { kind: 'attributes' };
  // A release says nothing that the press has not.
  if (final !== 'M') return null;
  return { kind: 'mouse', button: Number(button), column: Number(column) - 1, row: Number(row) - 1 };
}

function answerOf(column: string | undefined): Answer {
  if (column === undefined) return 'drawn';
  return column === '4' ? 'repeats' : 'does not repeat';
}
