import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { listNetworks } from '../features/networks/index.ts';
import { type FeedSource, feedSourceSchema } from '../features/rule-tables/contract.ts';
import { ruleTable, ruleTableSummaries } from '../features/rule-tables/index.ts';
import type { Command } from './command.ts';
import { creditLines } from './networkText.ts';
import { withServiceDatabase } from './serviceDatabase.ts';
import { textTable } from './terminal.ts';

export const command: Command = {
  name: 'data',
  summary: 'Show the tables behind every fare, rule and figure, and whose timetables are in use',
  usage: '[TABLE] [--json]',
  details:
    'Without a table: all of them, and the feeds of the active network. Certainty: A official and agreed, B one source or\nolder, C community knowledge, D working assumption. The tables are the CSV files of data/rules.',
  options: {},
  positionals: ['table?'],
  async run({ positionals: [name], config, json, out, note }) {
    if (name === undefined) {
      const tables = ruleTableSummaries();
      const feeds = await activeFeeds(config, note);
      if (json) {
        out(JSON.stringify({ tables, feeds }));
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
      for (const feed of feeds)
        out([`\n${feed.name}, by ${feed.attribution || feed.publisher}`, ...creditLines(feed)].join('\n'));
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

/** Who wants to see the tables need not have a database; the built-in one is not made for it. */
async function activeFeeds(config: Config, note: (text: string) => void): Promise<FeedSource[]> {
  if (config.databaseUrl === undefined && !existsSync(config.dataDir)) return [];
  try {
    const networks = await withServiceDatabase(config, listNetworks);
    const active = networks.find(({ isActive }) => isActive);
    return (active?.feeds ?? []).map((feed) => feedSourceSchema.parse(feed));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    note(`The timetables in use are not shown: ${error.message}`);
    return [];
  }
}
