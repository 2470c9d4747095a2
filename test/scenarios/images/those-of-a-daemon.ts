import { READ, scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'the images of a daemon, and opens one',
  args: async (stage) => ['--host', (await stage.startDaemon()).host],
  opens: /▸ shop:latest/,
  async run(user, stage) {
    await user.body.containsLines(selected('shop:latest'));
    await user.body.shows('peel/sample:latest');
    await user.press('enter');
    await stage.daemon.sendUpTo(1);
    await user.header(READ);
    await user.header('shop:latest');
    await user.pane('Layers').shows('step 2');
  },
});
