import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a key that means nothing says so',
  async run(user) {
    await user.press('Z');
    await user.status('Z does nothing here; ? shows every key.');
    await user.press('j');
    await user.status(/^ ENV LANG/);
    await user.press('7');
    await user.status('7 does nothing here');
  },
});
