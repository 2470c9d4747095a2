import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawTar } from '../../harness/raw-tar.ts';
import { BASE, member, old, TOP } from '../../harness/saved.ts';
import { scenario, type Stage } from '../../harness/scenario.ts';

/** An archive whose upper layer is not the one that its config names. */
function wrong({ folder }: Stage): string {
  const members = old([BASE, TOP]).map((each, index) => (index === 1 ? member(each.name, BASE) : each));
  const path = join(folder, 'wrong.tar');
  writeFileSync(path, rawTar(...members));
  return path;
}

export default scenario({
  shows: 'what came of verifying an archive on disk, which is done behind the screen',
  args: (stage) => [wrong(stage)],
  async run(user) {
    await user.header('digests differ');
    await user.press('4');
    await user.isOn('Image');
    await user.press('G');
    await user.sees(/1 of 2 layers is not what the digests say/);
  },
});
