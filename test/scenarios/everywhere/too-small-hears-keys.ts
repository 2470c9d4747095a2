import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'in one line that the screen is too small, where q still leaves',
  throughMultiplexers: true,
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.resize(50, 10);
    await user.sees('peel needs 60x15; this is 50x10.');
    await user.golden('too-small');
    await user.leaves('q');
  },
});
