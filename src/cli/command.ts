import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Progress } from './terminal.ts';

/** One flag of a command. String flags take a value, shown as `value` in the usage. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  readonly help: string;
  /** Placeholder for the value, as `YYYY-MM-DD`. */
  readonly value?: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface CommandContext {
  /** Parsed flags by long name. `--no-x` arrives as `x: false` when `x` is a boolean flag. */
  readonly values: OptionValues;
  readonly positionals: readonly string[];
  readonly config: Config;
  /** True under `--json`: print exactly one JSON document. */
  readonly json: boolean;
  /** Writes one text and a line end to standard output. */
  readonly out: (text: string) => void;
  /** Writes a text as it is; resolves when there is room for more, however slow its reader is. */
  readonly stream: (text: string) => Promise<void>;
  /** Writes one line to standard error: hints and warnings that are not the answer. */
  readonly note: (text: string) => void;
  readonly progress: Progress;
}

/**
 * One command of the command line. `run` answers its exit code (nothing = 0) and throws to fail with 1:
 * the message of the error becomes the one line on standard error. `UsageError` fails with 2.
 */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands after `routestitch <name>` in the usage line: `--gtfs FEED.zip --from ID`. */
  readonly usage: string;
  /** Paragraphs shown below the options in `--help`. */
  readonly details?: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Names of the positional arguments, in order; absent: none are taken. `name?` optional, `name…` many. */
  readonly positionals?: readonly string[];
  run(context: CommandContext): Promise<number | void>;
}

/** A command with commands of its own: `db migrate`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

export const isGroup = (entry: Command | CommandGroup): entry is CommandGroup => 'commands' in entry;

/** Bad usage: exit 2, with the usage line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const commonOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', help: 'Print one JSON document' },
  help: { type: 'boolean', short: 'h', help: 'Show this help' },
};

export interface ParsedArguments {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/** Reads `argv` (after the command's name). Throws `UsageError` naming what is wrong. */
export function parseCommand(command: Command, argv: readonly string[]): ParsedArguments {
  const specs = { ...commonOptions, ...command.options };
  const parsed = parse(specs, argv);
  if (parsed.values['help'] === true) return parsed;
  const names = command.positionals ?? [];
  const required = names.filter((name) => !/[?]$/.test(name)).length;
  const many = names.some((name) => name.includes('…'));
  if (parsed.positionals.length < required)
    throw new UsageError(`${names[parsed.positionals.length]?.replace('…', '')} is missing`);
  if (!many && parsed.positionals.length > names.length)
    throw new UsageError(`"${parsed.positionals[names.length]}" is not expected here`);
  return parsed;
}

function parse(specs: Readonly<Record<string, OptionSpec>>, argv: readonly string[]): ParsedArguments {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      {
        type: spec.type,
        ...(spec.multiple ? { multiple: true } : {}),
        ...(spec.short ? { short: spec.short } : {}),
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      allowNegative: true,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
      throw error;
    throw new UsageError(error.message.split(/\. To specify|\n/)[0] ?? 'bad arguments');
  }
}

/** `routestitch search --from PLACE …`, as the first line of help and of a usage error. */
export function usageLine(prefix: string, command: Command): string {
  return `usage: ${[prefix, command.usage].filter(Boolean).join(' ')}`;
}

/** The whole `--help` text. */
export function helpText(prefix: string, command: Command): string {
  const rows = Object.entries({ ...command.options, ...commonOptions }).map(([name, spec]) => {
    const short = spec.short ? `-${spec.short}, ` : '';
    const value = spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : '';
    return [`  ${short}--${name}${value}`, spec.help + (spec.multiple ? ' (repeatable)' : '')] as const;
  });
  const width = Math.min(34, Math.max(...rows.map(([flag]) => flag.length)));
  const lines = rows.map(([flag, help]) =>
    flag.length > width ? `${flag}\n${' '.repeat(width + 2)}${help}` : `${flag.padEnd(width + 2)}${help}`,
  );
  const parts = [command.summary, usageLine(prefix, command), `options:\n${lines.join('\n')}`];
  if (command.details) parts.push(command.details.trim());
  return parts.join('\n\n');
}

/** The value of a string flag, or `undefined`. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The value of a string flag; throws `UsageError` when it is absent or empty. */
export function requiredOption(values: OptionValues, name: string): string {
  const value = textOption(values, name);
  if (value === undefined || value.trim() === '') throw new UsageError(`--${name} is missing`);
  return value;
}

/** All values of a repeatable string flag. */
export function listOption(values: OptionValues, name: string): string[] {
  const value = values[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

/** A whole number in a range; throws `UsageError` otherwise. */
export function integerOption(
  values: OptionValues,
  name: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const value = /^-?\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (!(value >= min && value <= max))
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  return value;
}
