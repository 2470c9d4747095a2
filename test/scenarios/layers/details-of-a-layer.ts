import { scenario } from '../../harness/scenario.ts';
import { exactly } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'what a layer did, beside it',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user
      .pane('Layer 0')
      .topLines('ADD file:5f1c1a5e2b in /', exactly(''), /31 added +0 modified +0 removed/);
    await user.press(']', ']', ']', ']');
    await user.pane('Layer 4').shows('RUN mkdir -p /app/data');
    await user.pane('Layer 4').shows(/^ repeated +800\.0 kB/);
  },
});
