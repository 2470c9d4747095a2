import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that x on a group extracts nothing, and says which key leads to its copies',
  async run(user) {
    await user.press('3', 'x');
    await user.status('A group is several copies: Enter leads to them.');
    await user.press('enter', 'x');
    await user.status('extract ');
    await user.press('escape');
    await user.status('Nothing has been extracted.');
  },
});
