import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Esc leaves nothing by accident: it says what does',
  async run(user) {
    await user.press('escape');
    await user.status('q leaves peel');
    await user.pane('Layers').hasFocus();
  },
});
