import { scenario } from '../../harness/scenario.ts';
import { exactly } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'an instruction without a layer as what it is',
  async run(user) {
    await user.press('j');
    await user.pane('Layers').selects(/^▸ · +· +ENV LANG=C/);
    await user
      .pane('Files')
      .topLines(exactly(''), exactly('This instruction makes no layer: t shows everything up to here.'));
    await user.press('d');
    await user.pane('Instruction without a layer').shows('ENV LANG=C.UTF-8');
    await user.pane('Instruction without a layer').shows('It changes the configuration, not the files.');
  },
});
