// Numbers and columns as the report carries them; reports/column_numbers.h explains the format.

/** Throws an Error where the browser cannot unpack it. */
export async function numbersOf(base64: string): Promise<Numbers> {
  const text = atob(base64.trim());
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Numbers(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** Numbers of seven bits a byte, the lowest first; up to 2^53. */
export class Numbers {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  next(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (this.at >= this.bytes.length) throw new Error("the data of the picture end too early");
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** The first byte of each number, then the second byte of each that has one, and so on. */
  column(count: number): Float64Array {
    const values = new Float64Array(count);
    let unfinished = Array.from(values.keys());
    for (let scale = 1; unfinished.length > 0; scale *= 128) {
      if (this.at + unfinished.length > this.bytes.length) throw new Error("a column of the picture is too short");
      unfinished = unfinished.filter((i) => {
        const byte = this.bytes[this.at++];
        values[i] += (byte & 127) * scale;
        return byte >= 128;
      });
    }
    return values;
  }

  expectEnd(): void {
    if (this.at !== this.bytes.length) throw new Error("the data of the picture do not end where they should");
  }
}
