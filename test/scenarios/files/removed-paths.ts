import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'paths that a layer removed, with the bytes that they had',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.toFilesOf(7);
    await user.press('+');
    await user.pane('Files').shows(/^ - +20\.0 kB .* f1$/);
    await user.pane('Files').shows(/^ - +480\.0 kB .*main_binary-amd64_Packages$/);
  },
});
