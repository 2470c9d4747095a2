import { scenario } from '../../harness/scenario.ts';

export default scenario({
  shows: 'that the last line tells the keys which take a file out, where there is room for them',
  sizes: [{ columns: 120, rows: 40 }],
  async run(user) {
    await user.status('? keys');
    await user.seesNot('x extract');
    await user.toFilesOf(0);
    await user.status('x extract  o open  y copy');
    await user.resize(80, 24);
    await user.status('Tab panes  ? keys');
    await user.resize(200, 60);
    await user.press('-', '+', '5');
    await user.isOn('File');
    await user.status('x extract  o open  y copy');
  },
});
