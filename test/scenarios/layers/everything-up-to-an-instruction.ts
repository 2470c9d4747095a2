import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'everything up to an instruction, though it makes no layer itself',
  async run(user) {
    await user.press('G');
    await user.pane('Files').shows('t shows everything up to here');
    await user.press('t');
    await user.pane('Files').hasTitle('everything up to layer 7');
    await user.pane('Files').shows('usr/');
    await user.press('enter', 'd');
    await user.pane('File').shows('0 + added');
  },
});
