import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the details of the copy under the cursor, whatever layer is chosen',
  async run(user) {
    await user.press('w', 'j', 'd');
    await user.pane('File').shows('/var/lib/apt/lists/');
    await user.pane('File').shows(/^ *▸ 1 \+ added/);
    await user.pane('File').hides('not there in layer');
    await user.press('d');
    await user.pane('Waste').hasFocus();
  },
});
