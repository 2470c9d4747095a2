import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that J and K show the file as later and earlier layers have it',
  async run(user) {
    await user.toFilesOf(0);
    await user.press('/');
    await user.type('motd');
    await user.press('enter', 'n', 'enter');
    await user.pane('Text').shows('1 Welcome.');
    await user.press('J');
    await user.pane('Text').shows('1 Welcome, upgraded.');
    await user.press('J');
    await user.status('No later layer does anything to it.');
    await user.press('K');
    await user.pane('Text').hasTitle('in layer 0');
  },
});
