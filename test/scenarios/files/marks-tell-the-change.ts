import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'by a mark what the layer did to each path, and by another what became of it',
  async run(user) {
    await user.toFilesOf(1);
    await user.pane('Files').shows(/^ ~ +168\.0 kB .*libcrypto\.so\.4/);
    await user.pane('Files').shows(/^ \+ +320\.0 kB .*main_i18.*✗ deleted in 7/);
    await user.press(']', ']', ']', ']');
    await user.pane('Files').hasTitle('changes of layer 5');
    await user.pane('Files').shows(/^.± .* f1 .*✗ deleted in 7/);
  },
});
