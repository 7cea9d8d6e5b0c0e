import { type Drill, isPlanting } from './drills.ts';
import type { FileRun, Results } from './results.ts';

/** `docs/assurance.md`: what was promised, and what the last run at full size found. */
export function markdown(drills: readonly Drill[], results: Results): string {
  const parts = drills
    .filter((drill) => runsOf(drill, results).length > 0)
    .map((drill) => section(drill, results));
  const planted = Object.entries(results).filter(([file]) => isPlanting(file));
  return [
    '# Assurance',
    '',
    'How RouteStitch proves that it keeps working, loses nothing and lets no one in. `npm run assurance [NAME…]` runs the tests of `test/assurance` at full size and writes this page; `npm test` runs them at a size that shows the same faults in seconds. Nothing here is written by hand.',
    '',
    '| | Proof | Promised | Last run |',
    '|---|---|---|---|',
    ...drills.map(
      (drill) => `| ${drill.id} | ${drill.what} | ${drill.promised} | ${stateOf(drill, results)} |`,
    ),
    '',
    ...parts,
    '## Faults planted',
    '',
    'A check that cannot fail proves nothing. Each of these faults was planted into a copy of the source, and the test that is there for it turned red.',
    '',
    ...planted.flatMap(([file, run]) => [`### ${file}`, '', when(run), '', ...run.tests.map(line), '']),
  ].join('\n');
}

const runsOf = ({ files }: Drill, results: Results): (readonly [string, FileRun])[] =>
  files.flatMap((file) => (results[file] ? [[file, results[file]] as const] : []));

function stateOf(drill: Drill, results: Results): string {
  const tests = runsOf(drill, results).flatMap(([, run]) => run.tests);
  const count = (state: string): number => tests.filter((test) => test.state === state).length;
  if (tests.length === 0) return 'not run';
  const said = [`${count('green')} green`];
  if (count('red') > 0) said.push(`**${count('red')} red**`);
  if (count('skipped') > 0) said.push(`${count('skipped')} skipped`);
  if (runsOf(drill, results).length < drill.files.length) said.push('not all run');
  return said.join(', ');
}

function section(drill: Drill, results: Results): string {
  const runs = runsOf(drill, results);
  const title = drill.id === '–' ? drill.what : `${drill.id} ${drill.what}`;
  return [
    `## ${title}`,
    '',
    `Promised: ${drill.promised}.`,
    '',
    ...runs.flatMap(([file, run]) => [`\`${file}\`, ${when(run)}`, '', ...run.tests.map(line), '']),
  ].join('\n');
}

const when = ({ machine, tests }: FileRun): string =>
  `${machine.at.slice(0, 10)}, commit ${machine.commit}, ${machine.cores} cores, ${tests.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0)} s:`;

function line({ test, state, seconds, figures }: FileRun['tests'][number]): string {
  const mark = { green: '✓', red: '**✗ red**', skipped: '– skipped' }[state];
  const said = figures.map((figure) => `\n  - ${escaped(figure)}`).join('');
  return `- ${mark} ${escaped(test)} (${seconds} s)${said}`;
}

const escaped = (text: string): string => text.replaceAll(/[<>|*_`\\]/g, (sign) => `\\${sign}`);
