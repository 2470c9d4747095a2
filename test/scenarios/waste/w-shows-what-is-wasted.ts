import { scenario } from '../../harness/scenario.ts';
import { selected } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'what is wasted beside the layers, most bytes first',
  throughMultiplexers: true,
  async run(user) {
    await user.press('w');
    await user.pane('Waste').hasFocus();
    await user.pane('Waste').hasTitle('2.3 MB 48.1 %');
    await user
      .pane('Waste')
      .containsLines(
        selected(/480\.0 kB +0 .*Packages/),
        /320\.0 kB +1 .*Translation-en/,
        /260\.0 kB +3 .*babel\.json/,
        /165\.0 kB +0 .*libcrypto\.so\.4/,
      );
    await user.golden('waste');
  },
});
