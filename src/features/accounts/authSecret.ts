import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../errors.ts';

const MIN_LENGTH = 32;

export interface SecretSource {
  readonly authSecret: string | undefined;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
}

/**
 * The secret that protects a sign-in under way: AUTH_SECRET, else, for a server that only this machine uses, a random
 * one that is kept in DATA_DIR for its owner's eyes. Throws `CONFIGURATION`.
 */
export async function authSecret({ authSecret: given, publicUrl, dataDir }: SecretSource): Promise<string> {
  const advice = `set AUTH_SECRET to ${MIN_LENGTH} or more random characters: openssl rand -base64 33`;
  if (given !== undefined) {
    if (given.length < MIN_LENGTH) throw new AppError('CONFIGURATION', `AUTH_SECRET is too short: ${advice}`);
    return given;
  }
  if (publicUrl !== undefined)
    // Every process that serves the address must have the same one.
    throw new AppError('CONFIGURATION', `With PUBLIC_URL ${advice}`);
  const file = path.join(dataDir, 'auth-secret');
  await mkdir(dataDir, { recursive: true });
  await placeSecret(file);
  const kept = (await readFile(file, 'utf8')).trim();
  if (kept.length < MIN_LENGTH)
    throw new AppError('CONFIGURATION', `${file} is not whole: remove it, or ${advice}`);
  return kept;
}

/** Puts a whole file there at once, unless there is one: another process may be starting too. */
async function placeSecret(file: string): Promise<void> {
  const made = `${file}.${randomBytes(8).toString('hex')}`;
  await writeFile(made, randomBytes(MIN_LENGTH).toString('base64url'), { mode: 0o600 });
  try {
    await link(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(made);
  }
}
