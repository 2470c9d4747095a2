import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'the sample image where no daemon answers, and what was tried',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.isOn('Images');
    await user.body.topLines(/image +size +created +platform/, selected('peel/sample:latest'));
    await user.golden('picker-without-daemon');
  },
});
