import { EVERY_SIZE, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'the whole life of a file, from Enter on it',
  sizes: EVERY_SIZE,
  looks: ['colour', 'mono'],
  throughMultiplexers: true,
  async run(user) {
    await user.toFilesOf(4);
    await user.press('j', 'j');
    await user.pane('Files').selects(/ f1 .*repeated in 5/);
    await user.press('enter');
    await user.isOn('File');
    await user.sees('/app/data/f1');
    await user.sees(/4 \+ added/);
    await user.sees(/5 ↻ repeated/);
    await user.sees(/7 ✗ deleted/);
    await user.golden('file-life');
  },
});
