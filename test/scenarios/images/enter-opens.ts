import { READ, scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that Enter opens the chosen image',
  args: [],
  opens: '/nonexistent/docker.sock',
  async run(user) {
    await user.press('enter');
    await user.header(READ);
    await user.isOn('Explore');
    await user.pane('Layers').selects('ADD file');
  },
});
