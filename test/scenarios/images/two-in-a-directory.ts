import { scenario } from '../../harness/scenario.ts';
import { written } from '../../harness/layouts.ts';
import { selected } from '../../harness/scenario-lines.ts';
import { twoImages } from '../../harness/two-images.ts';

export default scenario({
  shows: 'that an image layout of two images offers them',
  args: (stage) => [written(twoImages, stage.folder)],
  opens: 'holds several images: choose one.',
  async run(user) {
    await user.body.containsLines(selected('shop:1'), 'tool:2');
    await user.press('enter');
    await user.header(/shop:1 .*wasted/);
  },
});
