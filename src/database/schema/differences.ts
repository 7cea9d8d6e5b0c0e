/** Statements that only one side has, in order: `- ` expected only, `+ ` found only. */
export function differences(expected: readonly string[], found: readonly string[]): string[] {
  const isExpected = new Set(expected);
  const isFound = new Set(found);
  return [
    ...expected.filter((statement) => !isFound.has(statement)).map((statement) => `- ${statement}`),
    ...found.filter((statement) => !isExpected.has(statement)).map((statement) => `+ ${statement}`),
  ];
}
