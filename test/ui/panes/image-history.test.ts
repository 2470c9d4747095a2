import { expect, it } from 'vitest';
import { historyLines } from '../../../src/ui/panes/image-history.ts';
import { textOf } from '../../harness/explorer-screen.ts';

it('the history says what a builder said where there is no command, and that nothing is known only where nothing is', () => {
  const step = { layer: 0, createdBy: null, created: null };
  const text = (comment?: string) =>
    historyLines([comment === undefined ? step : { ...step, comment }], [1], 100, 9)
      .map(textOf)
      .join('\n');
  expect(text('Imported from -')).toContain('Imported from -');
  expect(text('Imported from -')).not.toContain('unknown');
  expect(text()).toContain('unknown command');
});
