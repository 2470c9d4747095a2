import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a path which a layer removed is not there to be extracted, opened, or shown',
  async run(user) {
    await user.toFilesOf(7);
    await user.press('s', 'u', '/');
    await user.type('f1');
    await user.press('enter');
    await user.pane('Files').containsLines('app/');
    await user.press('n');
    await user.pane('Files').selects('f1');
    await user.press('x');
    await user.status('/app/data/f1 is not there in layer 7: an earlier one has it.');
    await user.press('j', 'o');
    await user.status(/is not there in layer 7/);
  },
});
