/** One measured number, printed as a line of JSON. */
export interface Figure {
  readonly name: string;
  /** Median over the runs. */
  readonly value: number;
  readonly unit: string;
  /** How many times better than `against`, measured in the same run. */
  readonly ratio?: number;
  readonly against?: string;
  /** What `ratio`, or else `value`, is held to. */
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
  readonly runs: number;
  /** What was measured on: readings, days, where they come from. */
  readonly on: string;
}

/** Whether a figure keeps its bar; one without a bar always does. */
export function passes({ bar, ratio, value }: Figure): boolean {
  if (bar === undefined) return true;
  const held = ratio ?? value;
  return 'atLeast' in bar ? held >= bar.atLeast : held <= bar.atMost;
}

/** Prints a figure on standard output and tells whether it keeps its bar. */
export function report(figure: Figure): boolean {
  const pass = passes(figure);
  const line = {
    ...figure,
    value: rounded(figure.value),
    ...(figure.ratio === undefined ? {} : { ratio: rounded(figure.ratio) }),
    ...(figure.bar === undefined ? {} : { pass }),
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return pass;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Seconds that some work takes, and its result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const startMs = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startMs) / 1000, result };
}

/** Four significant digits: more would claim a precision that a shared machine doesn't have. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
