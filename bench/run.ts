// `npm run bench`: measures, prints, and writes the tables of bench/README.md. Exit status 1: a budget is not kept.
import { findDaemon } from '../test/harness/dockerd.ts';
import { benchImage } from './image.ts';
import { machineFacts } from './machine.ts';
import { writeTable } from './readme.ts';
import { terminalBytes } from './terminal-bytes.ts';
import { budget, wholeAnalysis } from './whole-analysis.ts';

const daemon = await findDaemon();
if (daemon.host === null) throw new Error(daemon.reason);
try {
  console.log(daemon.reason);
  const image = await benchImage(daemon.host);
  const { lines, ratio } = await wholeAnalysis(daemon.host, image, (line) => {
    console.log(line);
  });
  const date = new Date().toISOString().slice(0, 10);
  const table = [`- Date: ${date}`, ...(await machineFacts(daemon.host)), ...lines];
  writeTable('whole-analysis', table);
  console.log(table.join('\n'));
  if (ratio > budget) process.exitCode = 1;
  const bytes = await terminalBytes(daemon.host, image);
  writeTable('terminal-bytes', [`- Date: ${date}`, '', ...bytes.lines]);
  console.log(bytes.lines.join('\n'));
  if (bytes.isKept === false) process.exitCode = 1;
} finally {
  await daemon.stop();
}
