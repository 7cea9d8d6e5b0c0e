/** Values of the document's examples, as a request of today can carry them. */

/** Dates of examples, moved to come: a timetable has no past. */
export function moved<Value>(example: Value): Value {
  const days = Math.ceil((Date.now() + 20 * 86_400_000 - Date.parse('2026-12-15')) / 86_400_000);
  return JSON.parse(
    JSON.stringify(example).replaceAll(/2026-12-(\d\d)/g, (date) =>
      new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10),
    ),
  ) as Value;
}
