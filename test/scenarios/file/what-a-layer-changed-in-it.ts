import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'what a layer changed in a text',
  looks: ['colour'],
  async run(user) {
    await user.toFilesOf(1);
    await user.press('/');
    await user.type('motd');
    await user.press('enter', 'n', 'enter');
    await user.pane('Text').shows('1 Welcome, upgraded.');
    await user.press('t');
    await user.status('What changed against the content before.');
    await user.pane('Changes').containsLines('- Welcome.', '+ Welcome, upgraded.');
    await user.golden('file-changes');
  },
});
