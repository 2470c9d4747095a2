import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';
import { twoImages } from '../../harness/two-images.ts';

export default scenario({
  shows:
    'that an archive of two images offers them, opens the one that is chosen, and the other one after it',
  args: (stage) => [stage.archive('two.tar', ...twoImages)],
  opens: 'holds several images: choose one.',
  async run(user) {
    await user.body.containsLines(
      selected(/shop:1 .* 2026-01-01 00:00 +linux\/amd64/),
      /tool:2 .*linux\/s390x/,
    );
    await user.press('down', 'enter');
    await user.header(/tool:2 .*wasted/);
    await user.press('1');
    await user.body.selects('tool:2');
    await user.press('up', 'enter');
    await user.header(/shop:1 .*wasted/);
    await user.leaves('q');
  },
});
