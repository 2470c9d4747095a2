// What a terminal is asked about what it draws, and what it may answer.

/** ECMA-48's device status report, which terminals have answered since the VT100: what came before it has been drawn. */
export const STATUS_QUESTION = '\u001b[5n';

/**
 * Writes a blank into the first cell, has it repeated twice, and asks where the cursor is: in the fourth column of a
 * terminal that repeats, in the second of one that does not.
 */
export const REPEAT_QUESTION = '\u001b[H \u001b[2b\u001b[6n';

/** An answer: all has been drawn, or whether characters can be repeated. */
export type Answer = 'drawn' | 'repeats' | 'does not repeat';
