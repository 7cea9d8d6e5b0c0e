/** The keys of backups: public ones encrypt, the private one is given to whoever restores and lies elsewhere. */
import { readFile, writeFile } from 'node:fs/promises';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppError } from '../../errors.ts';

/** What encrypts to all recipients, or undefined when there are none. Throws `CONFIGURATION`. */
export function encrypterFor(recipients: readonly string[]): Encrypter | undefined {
  if (recipients.length === 0) return undefined;
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new AppError(
        'CONFIGURATION',
        `BACKUP_RECIPIENT: ${recipient} is not a public age key: \`routestitch backup key FILE\` makes one`,
        { cause },
      );
    }
  }
  return encrypter;
}

/** The private keys of an identity file, as age-keygen and `backup key` write it. Throws `CONFIGURATION`. */
export async function readIdentities(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('CONFIGURATION', `The key file ${file} cannot be read: ${cause.code}`, { cause });
  });
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0 || !keys.every((key) => key.startsWith('AGE-SECRET-KEY-')))
    throw new AppError(
      'CONFIGURATION',
      `${file} is not a key file: it must have lines AGE-SECRET-KEY-… (of a file with a passphrase: age -d first)`,
    );
  return keys;
}

export function decrypterFor(identities: readonly string[]): Decrypter {
  const decrypter = new Decrypter();
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch (cause) {
      throw new AppError('CONFIGURATION', 'The key file holds a key that is not whole', { cause });
    }
  }
  return decrypter;
}

/** Writes a new private key to a file that did not exist, for its owner's eyes; answers the public one. */
export async function makeKey(file: string, now: Date): Promise<string> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const text = `# created: ${now.toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'CONFIGURATION',
      code === 'EEXIST'
        ? `${file} exists: a key that backups were encrypted to must not be overwritten`
        : `${file} cannot be written: ${code}`,
      { cause },
    );
  }
  return recipient;
}
