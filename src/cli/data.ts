import { ruleTable, ruleTableSummaries } from '../features/rule-tables/index.ts';
import type { Command } from './command.ts';
import { textTable } from './terminal.ts';

export const command: Command = {
  name: 'data',
  summary: 'Show the tables behind every fare, rule and figure, with their sources',
  usage: '[TABLE] [--json]',
  details:
    'Without a table: all of them. Certainty: A official and agreed, B one source or older, C community knowledge,\nD working assumption. The tables are the CSV files of data/rules.',
  options: {},
  positionals: ['table?'],
  async run({ positionals: [name], json, out }) {
    if (name === undefined) {
      const tables = ruleTableSummaries();
      if (json) {
        out(JSON.stringify({ tables }));
        return;
      }
      out(
        textTable(
          ['TABLE', '>ROWS', '>A', '>B', '>C', '>D', 'VERIFIED', 'WHAT'],
          tables.map(({ name: file, title, rowCount, certainties: { A, B, C, D }, verifiedFrom }) => [
            file,
            ...[rowCount, A, B, C, D].map(String),
            verifiedFrom,
            title,
          ]),
        ),
      );
      return;
    }
    const table = ruleTable(name);
    if (json) {
      out(JSON.stringify(table));
      return;
    }
    out(`${table.title} (data/rules/${table.name}.csv)\n`);
    for (const { line, figures, source, validFrom, validTo, verifiedOn, certainty } of table.rows) {
      const cells = Object.entries(figures).filter(([, value]) => value !== '');
      out(`${line}  ${cells.map(([column, value]) => `${column} ${value}`).join(' · ')}`);
      out(
        `   ${certainty} · ${source} · from ${validFrom}${validTo ? ` to ${validTo}` : ''} · verified ${verifiedOn}`,
      );
    }
  },
};
