import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Command } from './command.ts';
import { textTable } from './terminal.ts';

const resultFile = z.object({
  p50_ms: z.number(),
  p95_ms: z.number(),
  answers: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      departure: z.string(),
      arrival: z.string().nullable(),
      legs: z.number().nullable(),
      journeys: z.array(
        z.object({
          departure: z.string(),
          arrival: z.string(),
          price_minor: z.number().nullable(),
          legs: z.array(z.object({ run: z.string().nullable() })),
        }),
      ),
    }),
  ),
});
type Result = z.infer<typeof resultFile>;
type Answer = Result['answers'][number];

type Difference = 'only in A' | 'only in B' | 'lost' | 'found' | 'earlier' | 'later' | 'legs' | 'journeys';

interface Finding {
  readonly query: string;
  readonly difference: Difference;
  readonly a: string;
  readonly b: string;
}

const SHOWN = 40;

export const command: Command = {
  name: 'compare',
  summary: 'Show the differences between two batch results',
  usage: 'A.json B.json',
  details:
    'Exit code 0 when the answers are the same, 1 when they differ. Times of measurement are not compared.',
  positionals: ['A.json', 'B.json'],
  options: {},
  async run({ positionals, json, out }) {
    const [a, b] = await Promise.all([readResult(positionals[0]!), readResult(positionals[1]!)]);
    const findings = differences(a, b);
    const counts = Object.fromEntries(
      [...Map.groupBy(findings, (finding) => finding.difference)].map(([name, group]) => [
        name,
        group.length,
      ]),
    );
    if (json) {
      out(JSON.stringify({ compared: a.answers.length, differences: findings.length, counts, findings }));
    } else {
      const total = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
      const head = `${a.answers.length} answers, ${findings.length === 0 ? 'no difference' : `different: ${total.join(', ')}`}`;
      const speed = `p50 ${a.p50_ms} → ${b.p50_ms} ms, p95 ${a.p95_ms} → ${b.p95_ms} ms`;
      const rows = findings.slice(0, SHOWN).map((found) => [found.query, found.difference, found.a, found.b]);
      const more = findings.length > SHOWN ? `… and ${findings.length - SHOWN} more (--json shows all)` : '';
      const table = rows.length > 0 ? textTable(['query', 'difference', 'A', 'B'], rows) : '';
      out([head, speed, table, more].filter(Boolean).join('\n'));
    }
    return findings.length === 0 ? 0 : 1;
  },
};

async function readResult(file: string): Promise<Result> {
  try {
    return resultFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError('UNPROCESSABLE', `${file} is not a result of \`routestitch batch\`: ${fault}`, {
      cause,
    });
  }
}

const keyOf = (answer: Answer): string => `${answer.from} → ${answer.to} at ${answer.departure}`;

/** Answers are matched by query; a query asked twice by its order. */
export function differences(a: Result, b: Result): Finding[] {
  const others = Map.groupBy(b.answers, keyOf);
  const findings: Finding[] = [];
  for (const answer of a.answers) {
    const query = keyOf(answer);
    const other = others.get(query)?.shift();
    const difference = other ? compareAnswers(answer, other) : 'only in A';
    if (difference !== null)
      findings.push({ query, difference, a: shortForm(answer), b: other ? shortForm(other) : '' });
  }
  for (const rest of others.values())
    for (const answer of rest)
      findings.push({ query: keyOf(answer), difference: 'only in B', a: '', b: shortForm(answer) });
  return findings;
}

function compareAnswers(a: Answer, b: Answer): Difference | null {
  if (a.arrival !== b.arrival) {
    if (b.arrival === null) return 'lost';
    if (a.arrival === null) return 'found';
    return b.arrival < a.arrival ? 'earlier' : 'later';
  }
  if (a.legs !== b.legs) return 'legs';
  return frontOf(a) === frontOf(b) ? null : 'journeys';
}

/** Which runs are taken may differ between equal journeys; times and prices may not. */
const frontOf = (answer: Answer): string =>
  answer.journeys
    .map(({ departure, arrival, price_minor, legs }) => {
      const rides = legs.filter(({ run }) => run !== null).length;
      return `${departure}/${arrival}/${rides}/${price_minor}`;
    })
    .toSorted()
    .join(' ');

const shortForm = ({ arrival, legs }: Answer): string =>
  arrival === null ? 'no journey' : `${arrival} (${legs} ${legs === 1 ? 'ride' : 'rides'})`;
