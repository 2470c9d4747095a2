import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a jump finds the file though it was folded, filtered and left out',
  async run(user) {
    await user.press('-', '/');
    await user.type('motd');
    await user.press('enter', 'a', 't', 'w', 'j', 'j');
    await user.pane('Waste').selects('babel.json');
    await user.press('enter');
    await user.pane('Files').hasTitle('changes of layer 3');
    await user.pane('Files').selects(/babel\.json .*✗ deleted in 6/);
    await user.golden('jumped-from-waste');
  },
});
