import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that a file which is there is replaced when that is wanted, and by no Enter too many',
  async run(user, stage) {
    const mine = stage.file('out/etc/motd', 'mine');
    const extract = async () => {
      await user.press('x');
      await user.paste(`${stage.folder}/out`);
      await user.press('enter');
      await user.status('motd is there: O overwrites, Esc leaves');
    };
    await user.toFilesOf(1);
    await user.press('-', 's', 'g');
    await extract();
    await user.press('enter');
    await user.status('Is it to be overwritten? O does so, Esc leaves it.');
    equal(readFileSync(mine, 'utf8'), 'mine');
    await user.press('escape');
    await user.status('Nothing has been overwritten.');
    equal(readFileSync(mine, 'utf8'), 'mine');
    await extract();
    await user.press('O');
    await user.status('Extracted 3 files');
    equal(readFileSync(mine, 'utf8'), 'Welcome, upgraded.\n');
  },
});
