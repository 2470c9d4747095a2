/** A small image with a history, and places in it that a person may be at. */
import type { Command } from '../../src/state/actions.ts';
import type { State } from '../../src/state/state.ts';
import { directory, file, whiteout } from './archive.ts';
import { after, opened } from './explorer.ts';

/** Forty files of falling size, so that by size they stand f1, f2 … and by name as well, with others among them. */
const DATA = Array.from({ length: 40 }, (_, index) =>
  file(`app/data/f${index + 1}`, 'x'.repeat(100 - index)),
);

export const SHOP = [
  [
    directory('etc'),
    file('etc/motd', 'hello'),
    file('usr/lib/a', 'a'.repeat(500)),
    file('usr/lib/b', 'b'.repeat(90)),
  ],
  [directory('app'), directory('app/data'), ...DATA],
  [file('etc/motd', 'hello again'), whiteout('app/data/f1'), whiteout('usr/lib')],
];
const HISTORY = ['ADD base', '(ENV A=b)', 'COPY data', 'RUN rm', '(CMD sh)'];
export const shop = (size?: State['size']) =>
  opened(SHOP, { history: HISTORY, ...(size === undefined ? {} : { size }) });

/** The files pane on layer 1, with the cursor on a path in the middle. */
export const onF9 = after(shop(), 'down', 'down', 'enter', ...Array<Command>(10).fill('down'));
