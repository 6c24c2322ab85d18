// Measures this library beside others: see README.md. Exit code 1 if a goal is not reached, 2 for wrong options.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { figures } from './figures/index.mjs';
import { readArguments } from './support/arguments.mjs';
import { startCollector } from './support/collector-process.mjs';
import { installPeers } from './support/install.mjs';
import { machine } from './support/machine.mjs';
import { measureAll } from './support/plan.mjs';
import { printFigure, printHeader } from './support/print.mjs';
import { Results } from './support/results.mjs';

const WRONG_OPTIONS = 2;

const options = readOptions();
if (options === undefined) process.exitCode = WRONG_OPTIONS;
else process.exitCode = await main(options);

/** What the command line asks for; undefined, with a word on it, if it makes no sense. */
function readOptions() {
  try {
    const { only, ...others } = readArguments(process.argv.slice(2));
    return { chosen: choose(only), ...others };
  } catch (error) {
    console.error(error.message);
    return undefined;
  }
}

function choose(only) {
  const unknown = only.filter((number) => figures.every((figure) => figure.number !== number));
  if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(', ')}; there are 1 to ${figures.length}`);
  return only.length === 0 ? figures : figures.filter(({ number }) => only.includes(number));
}

async function main({ chosen, rounds, json, library }) {
  installPeers();
  if (library !== undefined) process.env.BENCH_LIBRARY = resolve(library);
  const where = machine();
  printHeader(where, rounds);

  const results = new Results();
  const reports = await measureFigures(chosen, { rounds, results });
  if (json !== undefined) {
    const everything = { machine: where, rounds, figures: reports, measurements: results };
    writeFileSync(json, `${JSON.stringify(everything, null, 2)}\n`);
  }
  return summarize(reports.flatMap(({ goals }) => goals));
}

async function measureFigures(chosen, { rounds, results }) {
  const collector = await startCollector();
  try {
    const reports = [];
    for (const figure of chosen) {
      const tell = (what) => console.error(`figure ${figure.number}, ${what}`);
      await measureAll(figure.specs, { rounds, collector, results, tell });
      const report = figure.report(results);
      printFigure(figure, report);
      reports.push({ number: figure.number, title: figure.title, ...report });
    }
    return reports;
  } finally {
    collector.stop();
  }
}

function summarize(goals) {
  const missed = goals.filter(({ reached }) => !reached);
  console.log(`${goals.length - missed.length} of ${goals.length} goals reached`);
  return missed.length === 0 ? 0 : 1;
}
