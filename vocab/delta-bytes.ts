/** Zigzag differences of a sequence: what `well:deltas` writes as LEB128. */
export function zigzagDifferences(values: ArrayLike<number>): Float64Array {
  const zigzags = new Float64Array(values.length);
  let last = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const difference = value - last;
    zigzags[index] = difference < 0 ? -2 * difference - 1 : 2 * difference;
    last = value;
  }
  return zigzags;
}

function varintLength(natural: number): number {
  let length = 1;
  for (let rest = natural; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

function putVarint(bytes: Uint8Array, at: number, natural: number): number {
  let next = at;
  let rest = natural;
  while (rest >= 128) {
    bytes[next++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[next++] = rest;
  return next;
}

/** Bytes of `well:deltas`. */
export function plainBytes(zigzags: Float64Array): Uint8Array {
  let length = 0;
  for (const zigzag of zigzags) length += zigzag < 128 ? 1 : varintLength(zigzag);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const zigzag of zigzags) {
    if (zigzag < 128) bytes[at++] = zigzag;
    else at = putVarint(bytes, at, zigzag);
  }
  return bytes;
}

/** Bytes of `well:deltaRuns`, or undefined when they would be more than `limit`. */
export function runBytes(zigzags: Float64Array, limit: number): Uint8Array | undefined {
  // A run token is at most 8 + 4 bytes; one past the limit ends the attempt.
  const bytes = new Uint8Array(limit + 16);
  let at = 0;
  for (let index = 0; index < zigzags.length;) {
    const zigzag = zigzags[index] ?? 0;
    let end = index + 1;
    while (end < zigzags.length && zigzags[end] === zigzag) end++;
    const times = end - index;
    at = putVarint(bytes, at, 2 * zigzag + (times > 1 ? 1 : 0));
    if (times > 1) at = putVarint(bytes, at, times);
    if (at > limit) return undefined;
    index = end;
  }
  return bytes.subarray(0, at);
}

/** Where a reader of LEB128 numbers stands. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

// NaN at the end of the bytes, or past 2^56: no difference of ours is that long.
function takeVarint(cursor: Cursor): number {
  let natural = 0;
  for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) return NaN;
    natural += (byte & 127) * factor;
    if (byte < 128) return natural;
  }
  return NaN;
}

function unzigzag(zigzag: number): number {
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}

/** Fills `target` from the bytes of `well:deltas`; false unless they hold exactly that many. */
export function readPlain(bytes: Uint8Array, target: Int32Array | Float64Array): boolean {
  const cursor: Cursor = { bytes, at: 0 };
  let at = 0;
  let value = 0;
  for (let index = 0; index < target.length; index++) {
    const byte = bytes[at] ?? 128;
    if (byte < 128) {
      value += (byte >>> 1) ^ -(byte & 1);
      at++;
    } else {
      cursor.at = at;
      value += unzigzag(takeVarint(cursor));
      at = cursor.at;
    }
    target[index] = value;
    // The array holds another number where the value does not fit it.
    if (target[index] !== value) return false;
  }
  return at === bytes.length;
}

/** Fills `target` from the bytes of `well:deltaRuns`; false unless they hold exactly that many. */
export function readRuns(bytes: Uint8Array, target: Int32Array | Float64Array): boolean {
  const cursor: Cursor = { bytes, at: 0 };
  let value = 0;
  let index = 0;
  while (index < target.length) {
    const token = takeVarint(cursor);
    const times = token % 2 === 1 ? takeVarint(cursor) : 1;
    if (!(times >= 1 && index + times <= target.length)) return false;
    const difference = unzigzag(Math.floor(token / 2));
    for (const end = index + times; index < end; index++) {
      value += difference;
      target[index] = value;
      if (target[index] !== value) return false;
    }
  }
  return cursor.at === bytes.length;
}
