import { READ, scenario } from '../../harness/scenario.ts';
import { twoImages } from '../../harness/two-images.ts';

export default scenario({
  shows:
    'that what is known of an image is read on where it was left, and of another image from its first line',
  sizes: [{ columns: 80, rows: 24 }],
  args: (stage) => [stage.archive('two.tar', ...twoImages)],
  opens: 'holds several images: choose one.',
  async run(user) {
    await user.press('enter');
    await user.header(READ);
    await user.press('4');
    await user.pane('Image').hasNote(/^1-/);
    await user.press('j', 'j', 'j');
    await user.pane('Image').hasNote(/^4-/);
    await user.press('2', '4');
    await user.pane('Image').hasNote(/^4-/);
    await user.press('1', 'down', 'enter');
    await user.header(/tool:2 .*wasted/);
    await user.press('4');
    await user.pane('Image').hasNote(/^1-/);
  },
});
