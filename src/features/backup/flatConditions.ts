/**
 * PostgreSQL reads `(a AND b) AND c`, as it writes the condition `a BETWEEN … AND c`, back as `a AND b AND c`: the schema
 * of a restored dump differs in parentheses that mean nothing. Both sides are compared without them.
 */
type Group = (string | Group)[];

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]|[^'"()]+|['"]/g;

/** The groups of parentheses of one line; undefined when they are not closed on it. */
function groupsOf(line: string): Group | undefined {
  const open: Group[] = [[]];
  for (const [part] of line.matchAll(QUOTED)) {
    if (part === '(') open.push([]);
    else if (part === ')') {
      const closed = open.pop()!;
      if (open.length === 0) return undefined;
      open.at(-1)!.push(closed);
    } else {
      const group = open.at(-1)!;
      const last = group.at(-1);
      if (typeof last === 'string') group[group.length - 1] = last + part;
      else group.push(part);
    }
  }
  return open.length === 1 ? open[0] : undefined;
}

/** A group that is only a chain of this operator, and stands in such a chain, gives up its parentheses. */
function flatten(group: Group): Group {
  const inner = group.map((part) => (typeof part === 'string' ? part : flatten(part)));
  return inner.flatMap((part, at) => {
    if (typeof part === 'string') return [part];
    const [before, after] = [inner[at - 1] ?? '', inner[at + 1] ?? ''];
    const alike = ['AND', 'OR'].some(
      (operator) => isChain(part, operator) && isChain(inner, operator) && endsAt(before, after, operator),
    );
    return alike ? part : [part];
  });
}

function isChain(group: Group, operator: string): boolean {
  const between = group.filter((part) => typeof part === 'string');
  return (
    between.length > 0 && between.every((text) => text === ` ${operator} `) && typeof group[0] !== 'string'
  );
}

const endsAt = (before: string | Group, after: string | Group, operator: string): boolean =>
  [before, after].every((text) => text === '' || text === ` ${operator} `);

const written = (group: Group): string =>
  group.map((part) => (typeof part === 'string' ? part : `(${written(part)})`)).join('');

export function withFlatConditions(line: string): string {
  const groups = groupsOf(line);
  return groups ? written(flatten(groups)) : line;
}
