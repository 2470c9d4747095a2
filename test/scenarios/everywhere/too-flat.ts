import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that 80 x 14 is too small, and the screen as it was when it is larger again',
  sizes: [{ columns: 80, rows: 24 }],
  async run(user) {
    await user.press('j', 'tab');
    const before = user.picture;
    await user.resize(80, 14);
    await user.sees('peel needs');
    await user.resize(80, 24);
    await user.seesAgain(before);
  },
});
