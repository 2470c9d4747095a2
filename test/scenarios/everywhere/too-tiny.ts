import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that 12 x 2 is too small, and the screen as it was when it is larger again',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    const before = user.picture;
    await user.resize(12, 2);
    await user.resize(80, 24);
    await user.seesAgain(before);
  },
});
