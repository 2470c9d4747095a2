import { laidOut, indexOf, tagged, written } from '../../harness/layouts.ts';
import { BASE, TOP } from '../../harness/saved.ts';
import { scenario, type Stage } from '../../harness/scenario.ts';

/** An image layout of two layers, the upper of which breaks off. */
function broken({ folder }: Stage): string {
  const image = laidOut([BASE, TOP]);
  const members = [...image.members, ...indexOf(tagged(image, 'shop:1'))];
  const top = image.layers[1]?.member.name;
  return written(
    members.map((each) =>
      each.name === top ? { ...each, content: String(each.content).slice(0, 700) } : each,
    ),
    folder,
  );
}

export default scenario({
  shows: 'what was read of an image that breaks off, and why there is no more',
  args: (stage) => [broken(stage)],
  opens: 'incomplete',
  async run(user) {
    await user.header('2 layers');
    await user.pane('Files').containsLines(' a', ' b');
    await user.press('G');
    await user.pane('Files').shows('This layer has not been read');
    await user.leaves('q', 2);
  },
});
