import { EventEmitter, once } from 'node:events';
import { readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import {
  type Command,
  type CommandGroup,
  helpText,
  isGroup,
  parseCommand,
  usageLine,
  UsageError,
} from './command.ts';
import { createProgress, type TerminalStream } from './terminal.ts';

/** A command known by name before its file is loaded, so that `--help` and short commands start fast. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command | CommandGroup>;
}

export interface Terminal {
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
}

const PROGRAM = 'routestitch';

/** Runs one command line (`argv` after the program's name) and answers the exit code: 0, 1 or 2. */
export async function runCommandLine(
  argv: readonly string[],
  entries: readonly CommandEntry[],
  options: { version: string; terminal?: Terminal; env?: NodeJS.ProcessEnv },
): Promise<number> {
  const { stdout, stderr } = options.terminal ?? process;
  const print = (text: string): void => void stdout.write(`${text}\n`);
  const complain = (text: string): void => void stderr.write(`${text}\n`);
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-v') {
    print(options.version);
    return 0;
  }
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    print(overview(entries));
    return 0;
  }
  if (first === undefined) {
    complain(overview(entries));
    return 2;
  }
  if (first === 'help') return runCommandLine([...rest, '--help'], entries, options);
  const found = entries.find((entry) => entry.name === first);
  if (!found) {
    complain(`${PROGRAM}: "${first}" is not a command; \`${PROGRAM} --help\` lists them`);
    return 2;
  }
  const chosen = choose(await found.load(), rest);
  if ('help' in chosen) {
    (chosen.code === 0 ? print : complain)(chosen.help);
    return chosen.code;
  }
  return runCommand(chosen, { stdout, stderr }, options.env ?? process.env);
}

interface Choice {
  readonly prefix: string;
  readonly command: Command;
  readonly argv: readonly string[];
}

function choose(
  entry: Command | CommandGroup,
  argv: readonly string[],
): Choice | { help: string; code: number } {
  if (!isGroup(entry)) return { prefix: `${PROGRAM} ${entry.name}`, command: entry, argv };
  const [name, ...rest] = argv;
  const command = entry.commands.find((candidate) => candidate.name === name);
  if (command) return { prefix: `${PROGRAM} ${entry.name} ${command.name}`, command, argv: rest };
  const asked = name === '--help' || name === '-h';
  const width = Math.max(...entry.commands.map((item) => item.name.length));
  const lines = entry.commands.map((item) => `  ${item.name.padEnd(width + 2)}${item.summary}`);
  const list = `usage: ${PROGRAM} ${entry.name} <command>\n\ncommands:\n${lines.join('\n')}`;
  if (asked) return { help: `${entry.summary}\n\n${list}`, code: 0 };
  const fault = name === undefined ? 'a command is missing' : `"${name}" is not a command of ${entry.name}`;
  return { help: `${PROGRAM} ${entry.name}: ${fault}\n${list}`, code: 2 };
}

async function runCommand(choice: Choice, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const { prefix, command, argv } = choice;
  const progress = createProgress(terminal.stderr);
  try {
    const { values, positionals } = parseCommand(command, argv);
    if (values['help'] === true) {
      terminal.stdout.write(`${helpText(prefix, command)}\n`);
      return 0;
    }
    const code = await command.run({
      values,
      positionals,
      config: readConfig(env),
      json: values['json'] === true,
      out: (text) => {
        progress.clear();
        terminal.stdout.write(`${text}\n`);
      },
      stream: async (text) => {
        progress.clear();
        if (!terminal.stdout.write(text)) await drained(terminal.stdout);
      },
      note: (text) => {
        progress.clear();
        terminal.stderr.write(`${text}\n`);
      },
      progress,
    });
    progress.clear();
    return code ?? 0;
  } catch (error) {
    progress.clear();
    if (error instanceof UsageError) {
      terminal.stderr.write(`${prefix}: ${error.message}\n${usageLine(prefix, command)}\n`);
      return 2;
    }
    terminal.stderr.write(`${prefix}: ${failureLine(error)}\n`);
    if (env['ROUTESTITCH_TRACE'] && error instanceof Error) terminal.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

/** Standard output has room again; what is no stream never fills. */
async function drained(stream: TerminalStream): Promise<void> {
  if (stream instanceof EventEmitter) await once(stream, 'drain');
}

/** One line: what failed, and for our own errors what to do about it. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replaceAll(/\s*\n\s*/g, ' ').trim();
  return error instanceof AppError ? line : line || 'failed without a message';
}

function overview(entries: readonly CommandEntry[]): string {
  const width = Math.max(...entries.map((entry) => entry.name.length));
  const lines = entries.map((entry) => `  ${entry.name.padEnd(width + 2)}${entry.summary}`);
  return [
    "RouteStitch stitches one journey across India's trains, buses, flights, metros, taxis and footpaths.",
    `usage: ${PROGRAM} <command> [options]`,
    `commands:\n${lines.join('\n')}`,
    `\`${PROGRAM} <command> --help\` explains one; every command takes --json.`,
  ].join('\n\n');
}
