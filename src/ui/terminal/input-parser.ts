// Keys and what a terminal says for itself come in one stream, which is cut wherever the line likes; this tells them apart.
//
// The parser goes through what has come from one Escape to the next. What stands between them is keys. From an Escape on
// there is either a whole reply that is awaited, which is taken out, or something else, which is keys, or, at the end of what
// has come, the beginning of a reply. A beginning is *held* until more comes, and is then looked at together with it. What
// is held too long is to be let go (`release`): what can be nothing but a reply's beginning is forgotten then, the rest are
// keys. How long is too long depends on what it is (`holds`), and is for those to say who know the time.
//
// An Escape that comes alone is more often a key than a beginning, and so may have been let through before the rest of a
// reply comes. It is remembered as *passed*, and looked at together with what follows:
// - Passed when it was let go, it has been a key by then. A reply that goes on with it is taken out without it.
// - Passed at once, since nothing was awaited for which an Escape is held, it has its reader waiting for the rest. So what
//   goes on with it is let through too, and makes up a sequence that stands for no key.
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
  /** The background, the attributes, the mouse. For these an Escape is held. */
  readonly messages: boolean;
  /** How many answers about what has been drawn. There are many, and no key is held up for them. */
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
  /** Whether what goes on with what was passed is let through too. */
  private hasReader = false;

  push(chunk: string, awaited: Awaited): Heard {
    const heard = { keys: '', replies: new Array<Reply>() };
    const { answers } = awaited;
    // A message that has begun to come is one, though by now none may be awaited any more.
    const messages = awaited.messages || (this.held !== '' && this.heldFor.messages);
    const begun = this.goesOn(chunk, { messages, answers }, heard);
    if (begun !== null) this.read(begun, { messages, answers: answers - heard.replies.length }, heard);
    return heard;
  }

  get holds(): Held | null {
    if (this.held === '') return null;
    if (/^.(?:\]11;|\[[?<])/s.test(this.held)) return 'reply';
    return /^.\[[01]/s.test(this.held) || (this.held.length > 1 && this.heldFor.answers > 0)
      ? 'sequence'
      : 'key';
  }

  /** The keys that have been held back, when the rest has not come. */
  release(): string {
    const isReply = this.holds === 'reply';
    // Behind an Escape that was a key, these have been typed.
    const keys = !isReply || this.heldTwice > 0 ? this.held.slice(this.heldTwice) : '';
    if (!isReply) this.pass(this.held, false);
    this.held = '';
    this.heldTwice = 0;
    return keys;
  }

  /** Looks at what was passed together with what has come; returns what is to be read, null when all of it has been. */
  private goesOn(chunk: string, awaited: Awaited, heard: { keys: string; replies: Reply[] }): string | null {
    const { passed, hasReader } = this;
    this.passed = '';
    if (passed === '') return this.held + chunk;
    const whole = passed + chunk;
    const found = replyAt(whole, 0, awaited);
    const isBegun = found === null && isBegunAt(whole, 0, awaited);
    if (found === null && !isBegun) return chunk;
    if (!hasReader) {
      this.heldTwice = passed.length;
      return whole;
    }
    const end = (found?.end ?? whole.length) - passed.length;
    heard.keys += chunk.slice(0, end);
    if (found?.reply != null) heard.replies.push(found.reply);
    if (isBegun) this.pass(whole, true);
    return isBegun ? null : chunk.slice(end);
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
      const awaited = { messages, answers: open };
      const found = replyAt(text, next, awaited);
      if (found === null && isBegunAt(text, next, awaited)) {
        this.held = text.slice(next);
        this.heldFor = awaited;
        if (next > 0) this.heldTwice = 0;
        return;
      }
      this.heldTwice = 0;
      at = found?.end ?? next + 1;
      if (found === null) heard.keys += ESCAPE;
      if (found?.reply != null) heard.replies.push(found.reply);
      if (found?.reply?.kind === 'answer') open--;
    }
    this.heldTwice = 0;
    heard.keys += text.slice(at);
    if (heard.keys.endsWith(ESCAPE)) this.pass(ESCAPE, true);
  }

  private pass(begun: string, hasReader: boolean): void {
    this.passed = begun;
    this.hasReader = hasReader;
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
function isBegunAt(text: string, at: number, { messages, answers }: Awaited): boolean {
  return (
    (messages && matchAt(MESSAGE_BEGUN, text, at) !== null) ||
    (answers > 0 && matchAt(ANSWER_BEGUN, text, at) !== null)
  );
}

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
