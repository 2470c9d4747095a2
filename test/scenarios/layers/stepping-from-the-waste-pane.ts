import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that ] steps through the layers while the waste has the focus, and leaves its cursor alone',
  async run(user) {
    await user.press('w', 'j');
    await user.pane('Waste').selects('320.0 kB');
    await user.press(']', ']');
    await user.pane('Layers').selects('WORKDIR /app');
    await user.pane('Waste').selects('320.0 kB');
    await user.pane('Waste').hasFocus();
  },
});
