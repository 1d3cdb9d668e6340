// How long requests took, as the report carries it; reports/latency_columns.cc writes it and explains the format.
import { numbersOf } from "./numbers";

/** A column each, by rising request. Of a long trace not all requests are there. */
export interface Latencies {
  replays: number; // that the times are means of
  request: Float64Array;
  nanoseconds: Float64Array;
  work: Float64Array; // an index of works
  words: string; // about all of them
}

export const works = ["allocate", "resize", "free"];

const formatVersion = 1;
const stepsPerOctave = 6;

/** Throws an Error for what is no such data, and where the browser cannot unpack it. */
export async function readLatencies(base64: string, words: string): Promise<Latencies> {
  const numbers = await numbersOf(base64);
  if (numbers.next() !== formatVersion) throw new Error("the times of the requests are of another version");
  const replays = numbers.next();
  const count = numbers.next();
  let last = 0;
  const request = numbers.column(count).map((step) => (last += step));
  const nanoseconds = numbers.column(count).map((step) => 2 ** (step / stepsPerOctave) / 2);
  const work = numbers.column(count);
  numbers.expectEnd();
  return { replays, request, nanoseconds, work, words };
}
