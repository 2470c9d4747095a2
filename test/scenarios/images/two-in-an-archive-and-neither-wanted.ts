import { scenario } from '../../harness/scenario.ts';
import { twoImages } from '../../harness/two-images.ts';

export default scenario({
  shows: 'that an archive of two images is left with Esc',
  args: (stage) => [stage.archive('two.tar', ...twoImages)],
  opens: 'holds several images: choose one.',
  async run(user) {
    await user.status('Esc leave');
    await user.leaves('escape');
  },
});
