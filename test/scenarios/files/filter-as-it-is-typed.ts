import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a filter works as it is typed',
  throughMultiplexers: true,
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('ssl');
    await user.pane('Files').lines('path', '▾ usr/', '▾ lib/', 'libssl.so.3', 'libssl.so →');
    await user.status('2 match');
    await user.golden('filter-typed');
  },
});
