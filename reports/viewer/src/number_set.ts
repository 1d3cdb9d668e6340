// A set of small numbers that knows each member's successor.

/** A tower of bit words: bit i of a level says whether word i of the level below holds anything. */
export class NumberSet {
  private readonly levels: Uint32Array[] = [];

  constructor(bound: number) {
    do {
      bound = Math.ceil(bound / 32);
      this.levels.push(new Uint32Array(Math.max(bound, 1)));
    } while (bound > 1);
  }

  insert(number: number): void {
    for (const level of this.levels) {
      const word = number >>> 5;
      const wasEmpty = level[word] === 0;
      level[word] |= 1 << (number & 31);
      if (!wasEmpty) return;
      number = word;
    }
  }

  erase(number: number): void {
    for (const level of this.levels) {
      const word = number >>> 5;
      level[word] &= ~(1 << (number & 31));
      if (level[word] !== 0) return;
      number = word;
    }
  }

  /** The least member that is not below `number`; -1 when there is none. */
  atOrAfter(number: number): number {
    for (let height = 0; height < this.levels.length; ++height) {
      const level = this.levels[height];
      const word = number >>> 5;
      if (word >= level.length) return -1;
      const rest = (level[word] >>> (number & 31)) << (number & 31);
      if (rest !== 0) return this.descend(word * 32 + lowestBit(rest), height);
      number = word + 1;
    }
    return -1;
  }

  private descend(number: number, height: number): number {
    for (; height > 0; --height) number = number * 32 + lowestBit(this.levels[height - 1][number]);
    return number;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
