import type { AnswerHeaders } from './around.ts';

export type PlainRecord = Readonly<Record<Lowercase<string>, string>>;

/** Headers as a plain object, which Node sends as it is: a `Headers` costs as much as the answer. */
export class PlainHeaders implements AnswerHeaders {
  readonly record: Record<Lowercase<string>, string>;

  constructor(given: PlainRecord) {
    this.record = { ...given };
  }

  get(name: Lowercase<string>): string | null {
    return this.record[name] ?? null;
  }

  has(name: Lowercase<string>): boolean {
    return Object.hasOwn(this.record, name);
  }

  set(name: Lowercase<string>, value: string): void {
    this.record[name] = value;
  }

  append(name: Lowercase<string>, value: string): void {
    const before = this.get(name);
    this.record[name] = before === null ? value : `${before}, ${value}`;
  }

  delete(name: Lowercase<string>): void {
    delete this.record[name];
  }
}
