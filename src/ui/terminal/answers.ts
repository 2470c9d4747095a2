// What a terminal is asked, and how its answers are told from keys.

/** ECMA-48's device status report, which terminals have answered since the VT100: what came before it has been drawn. */
export const STATUS_QUESTION = '\u001b[5n';

/**
 * Writes a blank into the first cell, has it repeated twice, and asks where the cursor is: in the fourth column of a
 * terminal that repeats, in the second of one that does not.
 */
export const REPEAT_QUESTION = '\u001b[H \u001b[2b\u001b[6n';

const ANSWER = /\u001b\[(?:0n|1;([24])R)/g;
/** What may be the beginning of an answer; an Escape alone is more often a key. */
const BEGINNING = /\u001b\[(?:0|1;?[24]?)?$/;

/** An answer: all has been drawn, or whether characters can be repeated. */
export type Answer = 'drawn' | 'repeats' | 'does not repeat';

/** Takes a terminal's answers out of its input, where they may come in pieces, and between keys. */
export class AnswerFilter {
  /** The beginning of an answer whose end has not come yet. */
  private held = '';
  /** The beginning of one that has been let through, because it was an Escape. */
  private passed = '';

  /**
   * @param input what came
   * @param awaited how many answers may come: nothing is taken out or held back where none does
   * @returns what is for others, and the answers
   */
  read(input: string, awaited: number): { keys: string; answers: Answer[] } {
    const answers: Answer[] = [];
    if (this.passed !== '') {
      // What belongs to that Escape follows it: Ink puts the two together, and knows no such key.
      const whole = this.passed + input;
      this.passed = BEGINNING.exec(whole)?.index === 0 ? whole : '';
      if (this.passed !== '') return { keys: input, answers };
      const late = awaited > 0 ? whole.matchAll(ANSWER).next().value : undefined;
      if (late?.index === 0) answers.push(answerOf(late[1]));
    }
    let keys = (this.held + input).replaceAll(ANSWER, (answer, column: string | undefined) => {
      if (answers.length >= awaited) return answer;
      answers.push(answerOf(column));
      return '';
    });
    const beginning = answers.length < awaited ? BEGINNING.exec(keys) : null;
    this.held = beginning?.[0] ?? '';
    keys = keys.slice(0, keys.length - this.held.length);
    if (keys.endsWith('\u001b')) this.passed = '\u001b';
    return { keys, answers };
  }
}

function answerOf(column: string | undefined): Answer {
  if (column === undefined) return 'drawn';
  return column === '4' ? 'repeats' : 'does not repeat';
}
