// `npm run bench`: measures, prints, and writes the tables of bench/README.md. `npm run bench -- NAME …` measures those tables
// alone: ratios, archives, growth, keys, again, export, terminal-bytes. Exit status 1: a budget is not kept.
import { findDaemon } from '../test/harness/dockerd.ts';
import { againLines } from './again.ts';
import { benchArchives, savedImage } from './bench-archives.ts';
import { analysing } from './contestants.ts';
import { benchImage } from './image.ts';
import { explore, exploredLines } from './keys.ts';
import { machineFacts, processorFacts } from './machine.ts';
import { growing, growthLines, openArchives, openingLines } from './opening.ts';
import { BUDGETS, ratioMeasures, ratioOf, type RatioName } from './ratios.ts';
import { writeTable } from './readme.ts';
import { terminalBytes } from './terminal-bytes.ts';
import { budget, wholeAnalysis } from './whole-analysis.ts';

const wanted = process.argv.slice(2);
const wants = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const date = `- Date: ${new Date().toISOString().slice(0, 10)}`;

function write(name: string, lines: readonly string[]): void {
  writeTable(name, lines);
  console.log(lines.join('\n'));
}

await using analysis = await analysing();

if (wants('ratios')) {
  const measures = await ratioMeasures(analysis);
  const lines = [date, ...processorFacts(), '', '| | ratio | budget |', '| --- | --- | --- |'];
  for (const name of Object.keys(BUDGETS) as RatioName[]) {
    const ratio = await ratioOf(measures[name]);
    lines.push(`| ${name}: ${BUDGETS[name].what} | ${ratio.toFixed(2)} | ${BUDGETS[name].budget} |`);
    if (ratio > BUDGETS[name].budget) process.exitCode = 1;
  }
  write('ratios', lines);
}

if (wants('growth')) {
  const { entries, bytes } = await growing();
  const lines = [...(await growthLines(analysis, entries)), '', ...(await growthLines(analysis, bytes))];
  write('growth', [date, ...processorFacts(), '', ...lines]);
}

const needsDaemon = ['archives', 'keys', 'again', 'export', 'terminal-bytes'].some(wants);
if (needsDaemon) {
  const daemon = await findDaemon();
  if (daemon.host === null) throw new Error(daemon.reason);
  try {
    console.log(daemon.reason);
    const { host } = daemon;
    const image = await benchImage(host);
    const facts = [date, ...(await machineFacts(host))];
    const archives = await benchArchives(host, image);
    if (wants('archives')) {
      write('archives', [...facts, '', ...openingLines(await openArchives(analysis, archives))]);
    }
    if (wants('keys')) {
      const lines: string[] = [];
      for (const archive of archives.filter(({ isPlain }) => isPlain)) {
        lines.push('', `**${archive.what}**`, '', ...exploredLines(await explore(archive)));
      }
      write('keys', [...facts, ...lines]);
    }
    if (wants('again')) {
      const saved = await savedImage(host, image);
      write('again', [...facts, '', ...(await againLines(analysis, host, image, [saved, ...archives]))]);
    }
    if (wants('export')) {
      const { lines, ratio } = await wholeAnalysis(analysis, host, image, (line) => {
        console.log(line);
      });
      write('whole-analysis', [...facts, ...lines]);
      if (ratio > budget) process.exitCode = 1;
    }
    if (wants('terminal-bytes')) {
      const bytes = await terminalBytes(host, image);
      write('terminal-bytes', [date, '', ...bytes.lines]);
      if (bytes.isKept === false) process.exitCode = 1;
    }
  } finally {
    await daemon.stop();
  }
}
