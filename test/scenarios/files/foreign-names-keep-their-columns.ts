import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'names in other scripts, and control characters as text',
  throughMultiplexers: true,
  async run(user) {
    await user.toFilesOf(3);
    await user.press('G');
    await user.pane('Files').shows(String.raw`tab\tand\e[31mred`);
    await user.pane('Files').shows('größe – 日本語.txt');
    await user.golden('names');
  },
});
