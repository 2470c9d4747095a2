import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'what is in a text, line by line',
  async run(user) {
    await user.toFilesOf(3);
    await user.press('/');
    await user.type('server.js');
    await user.press('enter', 'n', 'enter');
    await user.pane('Text').containsLines("1 import { shop } from './shop.js';", '2', '3 shop.listen(8080);');
    await user.pane('Text').hasNote('ASCII');
    await user.press('escape');
    await user.pane('Files').hasFocus();
  },
});
