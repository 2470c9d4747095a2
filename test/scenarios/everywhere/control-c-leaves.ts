import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that ^C leaves with the status of an interrupt, even while a filter is typed',
  async run(user) {
    await user.press('/');
    await user.type('q');
    await user.leaves('ctrl-c', 130);
  },
});
