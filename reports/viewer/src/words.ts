// Numbers as the rest of the report writes them (reports/numbers.cc).

export function grouped(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** With so many decimals; what lies halfway between two goes to the even one, as in C++, and not up. */
function rounded(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const below = Math.floor(value * scale);
  const isHalfway = value * scale - below === 0.5;
  return (isHalfway && below % 2 === 0 ? below / scale : value).toFixed(decimals);
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? "1 byte" : `${grouped(bytes)} bytes`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let amount = bytes / 1024;
  for (; amount >= 1024 && unit + 1 < units.length; ++unit) amount /= 1024;
  return `${Number(rounded(amount, 3 - Math.floor(Math.log10(amount))))} ${units[unit]}`;
}

/** Of a multiple of a power of two: "512 K". */
export function tickText(bytes: number): string {
  const units = ["", " K", " M", " G", " T"];
  let unit = 0;
  for (; bytes >= 1024 && bytes % 1024 === 0 && unit + 1 < units.length; ++unit) bytes /= 1024;
  return `${grouped(bytes)}${units[unit]}`;
}

/** "0.8 ns", "31 ns", "1.24 us", "17.2 ms". */
export function timeText(nanoseconds: number): string {
  const units = ["ns", "us", "ms", "s"];
  let unit = 0;
  let amount = nanoseconds;
  for (; amount >= 999.5 && unit + 1 < units.length; ++unit) amount /= 1000;
  const digits = unit === 0 ? (amount < 10 ? amount.toFixed(1) : amount.toFixed(0)) : amount.toPrecision(3);
  return `${Number(digits)} ${units[unit]}`;
}

export function percentOf(part: number, whole: number): string {
  return whole === 0 ? "0.0" : rounded((part / whole) * 100, 1);
}

export function requestText(request: number): string {
  return `#${grouped(request)}`;
}

export function offsetText(offset: number): string {
  return `+0x${offset.toString(16).padStart(3, "0")}`;
}

export function plural(count: number, one: string): string {
  return `${grouped(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** The multiples of a power of two up to `bytes`, 0 among them: at most `most`. */
export function byteTicks(bytes: number, most: number): number[] {
  let step = 1;
  while (Math.floor(bytes / step) + 1 > most) step *= 2;
  return Array.from({ length: Math.floor(bytes / step) + 1 }, (_, i) => i * step);
}

/** Round numbers between two requests, about `most` of them. */
export function requestTicks(first: number, last: number, most: number): number[] {
  const rough = Math.max(1, (last - first) / most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power);
  const ticks: number[] = [];
  for (let tick = Math.ceil(first / step) * step; tick <= last; tick += step) ticks.push(tick);
  return ticks;
}
