/** Strings of an image: UTF-8 bytes end to end, every distinct string once, addressed by number. */
export class StringPool {
  private readonly numbers = new Map<string, number>();
  private readonly encoded: Uint8Array[] = [];
  private bytes = 0;
  private readonly encoder = new TextEncoder();

  /** The number of this string. */
  add(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.encoded.length;
    const encoded = this.encoder.encode(text);
    this.numbers.set(text, number);
    this.encoded.push(encoded);
    this.bytes += encoded.length;
    return number;
  }

  get count(): number {
    return this.encoded.length;
  }

  get byteLength(): number {
    return this.bytes;
  }

  /** Fills `offsets` (count + 1) and `bytes` (byteLength). */
  writeTo(offsets: Uint32Array, bytes: Uint8Array): void {
    let at = 0;
    this.encoded.forEach((encoded, number) => {
      offsets[number] = at;
      bytes.set(encoded, at);
      at += encoded.length;
    });
    offsets[this.encoded.length] = at;
  }
}

const decoder = new TextDecoder();

/** Short ASCII strings are most of an image and are built faster without the decoder. */
export function readString(offsets: Uint32Array, bytes: Uint8Array, number: number): string {
  const start = offsets[number]!;
  const end = offsets[number + 1]!;
  if (end - start <= 24) {
    let text = '';
    let at = start;
    for (; at < end && bytes[at]! < 128; at++) text += String.fromCharCode(bytes[at]!);
    if (at === end) return text;
  }
  // A decoder refuses shared memory in some runtimes: slice() copies.
  return decoder.decode(bytes.slice(start, end));
}
