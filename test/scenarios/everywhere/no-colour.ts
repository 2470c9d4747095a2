import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that without colours signs tell the cursor, the focus and the changes',
  looks: ['mono'],
  async run(user) {
    await user.press('tab', 'j');
    await user.pane('Files').hasFocus();
    await user.pane('Files').selects(/^▸\+ /);
    await user.seesColour('libstdc++', 'default');
  },
});
