import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that w says so where one already is',
  async run(user) {
    await user.press('w', 'w');
    await user.status('This is what is wasted.');
  },
});
