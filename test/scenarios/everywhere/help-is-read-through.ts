import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that the help is read through to the signs at its end',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.press('?', 'G');
    await user.pane('Keys').shows('a later layer overwrites it');
    await user.press('j');
    await user.status('This is the last row.');
    await user.press('x');
    await user.press('g');
    await user.pane('Keys').shows('one row down');
    await user.press('tab');
    await user.status('Esc leaves the help.');
  },
});
