import { expect, it } from 'vitest';
import { reportJson } from '../../src/report/json.ts';
import { reportOf } from '../../src/report/report.ts';
import { rawTar } from '../harness/raw-tar.ts';
import { configFor, load, member, savedAs, sourceOf } from '../harness/saved.ts';

it('the report sends no raw control or bidi character, and says the same as without that care', async () => {
  const name = 'del\x7f-c1\xc2\x9b31m-bidi\xe2\x80\xae-tag\xf3\xa0\x81\x81-lf\n';
  const layer = rawTar({ name, content: 'x' });
  const archive = rawTar(
    member('l', layer),
    member('c', configFor(layer)),
    savedAs({ config: 'c', tags: ['\u001b[2J\u2066'], layers: ['l'] }),
  );
  const report = reportOf(await load(sourceOf(archive)), true);
  const text = Array.from(reportJson(report)).join('');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(JSON.parse(text)).toEqual(report);
  expect(report.files?.map(({ path }) => path)).toEqual([
    '/del\x7f-c1\u009b31m-bidi\u202e-tag\u{e0041}-lf\n',
  ]);
});
