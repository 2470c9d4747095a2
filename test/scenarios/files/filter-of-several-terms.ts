import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a filter has terms, and says what is wrong with one',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.status('-not  "a b"');
    await user.type('*.so.? >100k');
    await user.pane('Files').hasNote('4 match /*.so.? >100k');
    await user.press('escape', '/');
    await user.type('is:link -re:(');
    await user.status('A ( is not closed.');
    await user.type('^/bin/)');
    await user.pane('Files').hasNote('1 match /is:link -re:(^/bin/)');
    await user.golden('filter-of-terms');
  },
});
