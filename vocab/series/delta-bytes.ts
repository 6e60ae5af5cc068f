/** Zigzag differences of a sequence: what `well:deltas` writes as LEB128. */
export function zigzagDifferences(values: Int32Array | Float64Array): Float64Array {
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
  while (rest >= 2 ** 31) {
    bytes[next++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  for (; rest >= 128; rest >>>= 7) bytes[next++] = (rest & 127) | 128;
  bytes[next++] = rest;
  return next;
}

/** How many bytes the two encodings take. */
export interface EncodedLengths {
  readonly plain: number;
  readonly runs: number;
}

/** Measures before writing, so that only the shorter encoding is written. */
export function encodedLengths(zigzags: Float64Array): EncodedLengths {
  let plain = 0;
  let runs = 0;
  for (let index = 0; index < zigzags.length;) {
    const zigzag = zigzags[index] ?? 0;
    let end = index + 1;
    while (end < zigzags.length && zigzags[end] === zigzag) end++;
    const times = end - index;
    plain += zigzag < 128 ? times : times * varintLength(zigzag);
    runs += zigzag < 64 ? 1 : varintLength(2 * zigzag + 1);
    if (times > 1) runs += varintLength(times);
    index = end;
  }
  return { plain, runs };
}

/** The `length` bytes of `well:deltas`. */
export function plainBytes(zigzags: Float64Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let index = 0; index < zigzags.length; index++) {
    const zigzag = zigzags[index] ?? 0;
    if (zigzag < 128) bytes[at++] = zigzag;
    else at = putVarint(bytes, at, zigzag);
  }
  return bytes;
}

/** The `length` bytes of `well:deltaRuns`. */
export function runBytes(zigzags: Float64Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let index = 0; index < zigzags.length;) {
    const zigzag = zigzags[index] ?? 0;
    let end = index + 1;
    while (end < zigzags.length && zigzags[end] === zigzag) end++;
    const times = end - index;
    at = putVarint(bytes, at, 2 * zigzag + (times > 1 ? 1 : 0));
    if (times > 1) at = putVarint(bytes, at, times);
    index = end;
  }
  return bytes;
}

/** Where a reader of LEB128 numbers stands. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

// NaN at the end of the bytes, or past 2^56: no difference of ours is that long.
function takeVarint(cursor: Cursor): number {
  const { bytes } = cursor;
  let natural = 0;
  for (let shift = 0; shift <= 49; shift += 7) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) return NaN;
    if (shift < 28) natural |= (byte & 127) << shift;
    else natural += (byte & 127) * 2 ** shift;
    if (byte < 128) return natural;
  }
  return NaN;
}

function unzigzag(zigzag: number): number {
  if (zigzag < 2 ** 31) return (zigzag >>> 1) ^ -(zigzag & 1);
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
