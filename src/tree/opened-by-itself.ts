// Which directories of a view are open before anybody has said so: the first rows are to tell where the bytes are.

import { ROOT } from './path-table.ts';
import type { View } from './view.ts';

/** Rows that are seen at a glance: those of the files pane on a screen of 120 x 40. */
const GLANCE_ROWS = 35;
/** Share of the view's bytes from which on a row is of note. */
const OF_NOTE = 0.01;
/** A directory with more members is not sorted unasked. */
const MOST_MEMBERS = 1000;

/** A row of note, and where it stands among all rows, by size. */
interface Note {
  readonly node: number;
  readonly row: number;
}

/**
 * The directories that a view shows open by itself. The largest is considered first. One stays folded where its members
 * would push something of note out of the rows that are seen at a glance, and where it is not of note itself; but small
 * ones are opened too as far as all rows can be seen at a glance then.
 */
export function openedByItself(view: View): ReadonlySet<number> {
  const opened = openedOfNote(view);
  let rows = view.childCount(ROOT);
  for (const node of opened) rows += view.childCount(node);
  if (rows <= GLANCE_ROWS) openSmall(view, opened, rows);
  return opened;
}

function openedOfNote(view: View): Set<number> {
  const least = view.bytesOf(ROOT) * OF_NOTE;
  const opened = new Set<number>();
  const considered = new Set<number>();
  let notes = notesIn(view, ROOT, least, 0);
  for (;;) {
    const next = largest(view, notes, considered);
    if (next === null) return opened;
    const { node, row } = next;
    considered.add(node);
    const members = view.childCount(node);
    const last = notes.at(-1)?.row ?? row;
    const pushesOut = last > row && last + members >= GLANCE_ROWS;
    if (row >= GLANCE_ROWS || members > MOST_MEMBERS || pushesOut) continue;
    opened.add(node);
    notes = [
      ...notes.filter((note) => note.row <= row),
      ...notesIn(view, node, least, row + 1),
      ...notes.filter((note) => note.row > row).map((note) => ({ ...note, row: note.row + members })),
    ];
  }
}

/** Members of note of a directory, the first of whose rows is `first`. */
function notesIn(view: View, directory: number, least: number, first: number): Note[] {
  return [...view.children(directory)]
    .filter((node) => view.bytesOf(node) >= least)
    .sort((a, b) => view.bytesOf(b) - view.bytesOf(a))
    .map((node, position) => ({ node, row: first + position }));
}

/** The directory with most bytes that has not been considered; null: there is none. */
function largest(view: View, notes: readonly Note[], considered: ReadonlySet<number>): Note | null {
  let best: Note | null = null;
  for (const note of notes) {
    if (considered.has(note.node) || view.childCount(note.node) === 0) continue;
    if (best === null || view.bytesOf(note.node) > view.bytesOf(best.node)) best = note;
  }
  return best;
}

/** Opens, most bytes first, what still leaves all rows to be seen at a glance. */
function openSmall(view: View, opened: Set<number>, rowsBefore: number): void {
  let rows = rowsBefore;
  const closed: number[] = [];
  const look = (directory: number) => {
    for (const child of view.children(directory)) {
      if (view.childCount(child) === 0) continue;
      if (opened.has(child)) look(child);
      else closed.push(child);
    }
  };
  look(ROOT);
  while (closed.length > 0) {
    const best = closed.reduce((a, b) => (view.bytesOf(b) > view.bytesOf(a) ? b : a));
    closed.splice(closed.indexOf(best), 1);
    if (rows + view.childCount(best) > GLANCE_ROWS) continue;
    rows += view.childCount(best);
    opened.add(best);
    look(best);
  }
}
