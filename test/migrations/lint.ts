/**
 * What a migration must not do while the version before it is serving: lock a large table for long, rewrite it, or take
 * away what that version uses. A finding is answered by another way to the same end, or by `-- allow RULE: reason`.
 */

export interface Finding {
  readonly rule: string;
  readonly statement: string;
  readonly instead: string;
}

interface Rule {
  readonly name: string;
  /** Of one statement, comments and texts taken out. */
  readonly pattern: RegExp;
  readonly instead: string;
  /** The table in the first group may be one that the same file makes: nobody uses that yet. */
  readonly unlessNew?: boolean;
}

const TABLE = String.raw`(?:ONLY\s+)?((?:"?\w+"?\.)?"?\w+"?)`;
const ALTER = String.raw`^ALTER TABLE\s+(?:IF EXISTS\s+)?${TABLE}\b[^]*?\b`;
const alter = (rest: string): RegExp => new RegExp(ALTER + rest, 'i');

const rules: readonly Rule[] = [
  {
    name: 'index-locks',
    pattern: new RegExp(
      String.raw`^CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)[^]*?\bON\s+${TABLE}`,
      'i',
    ),
    instead: 'CREATE INDEX CONCURRENTLY, alone in its file',
    unlessNew: true,
  },
  {
    name: 'index-if-not-exists',
    pattern: /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+IF\s+NOT\s+EXISTS/i,
    instead: 'leave IF NOT EXISTS out: it takes a half-built index for a whole one',
  },
  {
    name: 'column-not-null',
    pattern: alter(String.raw`ADD\s+(?:COLUMN\s+)?(?!CONSTRAINT)(?![^,]*\bDEFAULT\b)[^,]*\bNOT\s+NULL`),
    instead: 'add it without NOT NULL or with a constant DEFAULT: the version before does not write it',
    unlessNew: true,
  },
  {
    name: 'column-volatile-default',
    pattern: alter(
      String.raw`ADD\s+(?:COLUMN\s+)?[^,]*\bDEFAULT\s+(?:gen_random_uuid|uuidv\d|random|clock_timestamp|nextval)\s*\(`,
    ),
    instead: 'add it empty, set the default afterwards, and fill it in a job',
    unlessNew: true,
  },
  {
    name: 'column-type',
    pattern: alter(String.raw`ALTER\s+(?:COLUMN\s+)?"?\w+"?\s+(?:SET\s+DATA\s+)?TYPE\b`),
    instead: 'add a column of the new type, write both, fill it in a job, drop the old one later',
    unlessNew: true,
  },
  {
    name: 'set-not-null',
    pattern: alter(String.raw`SET\s+NOT\s+NULL`),
    instead: 'a CHECK (… IS NOT NULL) NOT VALID, validated in the next migration, then SET NOT NULL',
    unlessNew: true,
  },
  {
    name: 'constraint-validates',
    pattern: alter(String.raw`ADD\s+CONSTRAINT\s+"?\w+"?\s+(?:CHECK|FOREIGN\s+KEY)(?![^]*\bNOT\s+VALID\b)`),
    instead: 'NOT VALID here, VALIDATE CONSTRAINT in the next migration',
    unlessNew: true,
  },
  {
    name: 'constraint-index',
    pattern: alter(
      String.raw`ADD\s+(?:CONSTRAINT\s+"?\w+"?\s+)?(?:UNIQUE|PRIMARY\s+KEY|EXCLUDE)\b(?!\s+USING\s+INDEX)`,
    ),
    instead: 'CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX',
    unlessNew: true,
  },
  {
    name: 'rewrites',
    pattern:
      /^(?:VACUUM\s+FULL|CLUSTER\b|REINDEX\s+(?!\(?CONCURRENTLY)|ALTER\s+TABLE[^]*\bSET\s+(?:UN)?LOGGED|ALTER\s+TABLE[^]*\bSET\s+TABLESPACE)/i,
    instead: 'a job in small steps, or REINDEX CONCURRENTLY',
  },
  {
    name: 'locks',
    pattern: /^(?:LOCK\b|TRUNCATE\b)/i,
    instead: 'small batches in a job',
  },
  {
    name: 'data',
    pattern: new RegExp(String.raw`^(?:UPDATE\s+${TABLE}|DELETE\s+FROM\s+${TABLE})`, 'i'),
    instead: 'a job that changes two thousand rows at a time',
    unlessNew: true,
  },
];

/** These take something away: the version before must not need it, and says so by the floor. */
const TAKES_AWAY = [
  /^DROP\s+(?:TABLE|VIEW|FUNCTION|TYPE|SCHEMA|TRIGGER)\b/i,
  alter(String.raw`DROP\s+(?:COLUMN\s+)?(?!CONSTRAINT|DEFAULT|NOT\s+NULL|EXPRESSION|IDENTITY)"?\w+"?`),
  /^ALTER\s+[^]*\bRENAME\b/i,
];
const FLOOR = /^COMMENT ON SCHEMA public IS '/i;

/** Everything in a script that it should not do. */
export function lintMigration(script: string): Finding[] {
  const allowed = new Set([...script.matchAll(/^--\s*allow\s+([\w-]+):[ \t]*\S/gm)].map(([, rule]) => rule));
  const statements = statementsOf(script);
  const made = new Set(
    statements.flatMap((one) => {
      const name = new RegExp(
        String.raw`^CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?${TABLE}`,
        'i',
      ).exec(one)?.[1];
      return name === undefined ? [] : [plain(name)];
    }),
  );
  const findings = statements.flatMap((statement) =>
    rules.flatMap(({ name, pattern, instead, unlessNew }) => {
      const match = pattern.exec(statement);
      if (!match || (unlessNew && made.has(plain(match[1] ?? match[2] ?? '')))) return [];
      return [{ rule: name, statement, instead }];
    }),
  );
  return [...findings, ...togetherFaults(statements)].filter(({ rule }) => !allowed.has(rule));
}

function togetherFaults(statements: readonly string[]): Finding[] {
  const found: Finding[] = [];
  const concurrent = statements.find((one) => /\bCONCURRENTLY\b/i.test(one));
  if (concurrent && statements.length > 1)
    found.push({
      rule: 'index-alone',
      statement: concurrent,
      instead: 'one CONCURRENTLY a file, and nothing else',
    });
  const validated = statements.find((one) => /\bVALIDATE\s+CONSTRAINT\b/i.test(one));
  if (validated && statements.some((one) => /\bNOT\s+VALID\b/i.test(one)))
    found.push({
      rule: 'validate-apart',
      statement: validated,
      instead: 'VALIDATE CONSTRAINT in a migration of its own',
    });
  const taken = statements.find((one) => TAKES_AWAY.some((pattern) => pattern.test(one)));
  if (taken && !statements.some((one) => FLOOR.test(one)))
    found.push({
      rule: 'floor',
      statement: taken,
      instead: `COMMENT ON SCHEMA public IS 'RouteStitch X.Y.Z or newer', the first version that does without it`,
    });
  return found;
}

const plain = (name: string): string =>
  name
    .replaceAll('"', '')
    .replace(/^public\./, '')
    .toLowerCase();

/** Statements without comments and without what stands in texts and bodies of functions. */
function statementsOf(script: string): string[] {
  return script
    .replaceAll(/\$(\w*)\$[^]*?\$\1\$/g, "''")
    .replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .split(';')
    .map((one) => one.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);
}
