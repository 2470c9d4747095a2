import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that q leaves, from any screen',
  throughMultiplexers: true,
  async run(user) {
    await user.press('3', '4', '2', 'tab');
    await user.leaves('q');
  },
});
