import { scenario } from '../../harness/scenario.ts';
import { exactly } from '../../harness/scenario-lines.ts';

export default scenario({
  shows: 'an instruction without a layer as what it is',
  async run(user) {
    await user.press('j');
    await user.pane('Layers').selects(/^▸ · +· +ENV LANG=C/);
    await user.pane('Files').topLines(exactly(''), exactly('This instruction makes no layer.'));
    await user.status('ENV LANG=C.UTF-8');
    await user.press('tab', 'tab');
    await user.pane('Instruction without a layer').shows('It changes the configuration, not the files.');
  },
});
