import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that d says so where what would help is on the screen already',
  sizes: [
    { columns: 120, rows: 40 },
    { columns: 200, rows: 60 },
  ],
  async run(user) {
    await user.press('3');
    await user.pane('What would help').shows('bytes stay below');
    await user.press('d');
    await user.status('What would help stands on this screen already.');
  },
});
