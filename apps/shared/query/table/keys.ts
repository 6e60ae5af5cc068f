import type { Expression } from '../algebra.ts';
import { NotPushable, termAt, type Table, type TimeColumn } from './table.ts';

/** One small integer a row, from 0: two rows share it exactly when they share the key. */
export interface Keys {
  readonly codes: Int32Array;
  readonly size: number;
}

type TimeUnit = (localMs: number, offsetMinutes: number) => number;

const minuteMs = 60_000;
const dayMs = 86_400_000;
const calendar = new Date(0);

function calendarPart(read: (date: Date) => number): TimeUnit {
  // The calendar is the same for all readings of a day: computed once for each.
  let knownDay = Number.NaN;
  let part = 0;
  return (localMs) => {
    const day = Math.floor(localMs / dayMs);
    if (day !== knownDay) {
      calendar.setTime(day * dayMs);
      part = read(calendar);
      knownDay = day;
    }
    return part;
  };
}

const withinDay = (localMs: number, unitMs: number): number =>
  Math.floor((localMs - Math.floor(localMs / dayMs) * dayMs) / unitMs);

/** What of an `xsd:dateTime` each unary function of SPARQL 1.1 §17.4.5 depends on. */
const timeFunctions: Readonly<Record<string, () => TimeUnit>> = {
  year: () => calendarPart((date) => date.getUTCFullYear()),
  month: () => calendarPart((date) => date.getUTCMonth()),
  day: () => calendarPart((date) => date.getUTCDate()),
  hours: () => (localMs) => withinDay(localMs, 60 * minuteMs),
  minutes: () => (localMs) => withinDay(localMs, minuteMs) % 60,
  seconds: () => (localMs) => withinDay(localMs, 1) % minuteMs,
  timezone: () => (_, offsetMinutes) => offsetMinutes,
  tz: () => (_, offsetMinutes) => offsetMinutes,
};

/** `SUBSTR(STR(?t), 1, length)` of `2016-04-12T07:21:00-05:00`, by the time it is cut to. */
function prefixUnit(length: number): TimeUnit | undefined {
  if (length <= 10) return (localMs) => Math.floor(localMs / dayMs);
  if (length <= 13) return (localMs) => Math.floor(localMs / (60 * minuteMs));
  if (length <= 15) return (localMs) => Math.floor(localMs / (10 * minuteMs));
  if (length <= 16) return (localMs) => Math.floor(localMs / minuteMs);
  return undefined;
}

/**
 * Keys by which an expression must have one value each: from the columns it reads, or of a time
 * only the part it reads. @throws NotPushable when it reads a variable that is no column.
 */
export function keysOfExpression(expression: Expression, table: Table): Keys {
  const known = new Map<string, Keys>();
  collect(expression, table, known);
  let keys: Keys = { codes: new Int32Array(table.size), size: Math.min(table.size, 1) };
  for (const part of known.values()) keys = combineKeys(keys, part);
  return keys;
}

function collect(expression: Expression, table: Table, known: Map<string, Keys>): void {
  if (expression.subType === 'term') {
    if (expression.term.termType !== 'Variable') return;
    const name = expression.term.value;
    if (!known.has(name)) known.set(name, keysOfVariable(table, name));
    return;
  }
  if (expression.subType !== 'operator' && expression.subType !== 'named') {
    throw new NotPushable('an expression over other solutions');
  }
  const part = timePart(expression, table);
  if (part !== undefined) {
    if (!known.has(part.id)) known.set(part.id, keysOfTime(part.column, part.unit));
    return;
  }
  if (expression.subType === 'operator' && impure.has(expression.operator)) {
    throw new NotPushable(expression.operator);
  }
  for (const argument of expression.args) collect(argument, table, known);
}

/** Functions that give another value each time, and `BOUND`, which needs no value at all. */
const impure: ReadonlySet<string> = new Set(['rand', 'uuid', 'struuid', 'bnode', 'bound']);

interface TimePart {
  readonly id: string;
  readonly column: TimeColumn;
  readonly unit: TimeUnit;
}

function timePart(expression: Expression, table: Table): TimePart | undefined {
  if (expression.subType !== 'operator') return undefined;
  const cut = substringOfTime(expression);
  const name = cut?.variable ?? variableOf(expression.args[0]);
  const column = name === undefined ? undefined : table.columns.get(name);
  if (column?.kind !== 'time') return undefined;
  const unit = cut === undefined ? timeFunctions[expression.operator]?.() : prefixUnit(cut.length);
  if (unit === undefined) return undefined;
  return { id: `${expression.operator}(${name})${cut?.length ?? ''}`, column, unit };
}

/** `SUBSTR(STR(?x), 1, length)`: the variable and the length. */
export function substringOfTime(
  expression: Expression,
): { readonly variable: string; readonly length: number } | undefined {
  if (expression.subType !== 'operator' || expression.operator !== 'substr') return undefined;
  const [text, from, length] = expression.args;
  if (text?.subType !== 'operator' || text.operator !== 'str') return undefined;
  const variable = variableOf(text.args[0]);
  if (variable === undefined || integerOf(from) !== 1) return undefined;
  const count = integerOf(length);
  return count === undefined ? undefined : { variable, length: count };
}

function integerOf(expression: Expression | undefined): number | undefined {
  if (expression?.subType !== 'term' || expression.term.termType !== 'Literal') return undefined;
  return /^\d{1,3}$/u.test(expression.term.value) ? Number(expression.term.value) : undefined;
}

/** The variable an expression is, if it is one and nothing more. */
export function variableOf(expression: Expression | undefined): string | undefined {
  if (expression?.subType !== 'term' || expression.term.termType !== 'Variable') return undefined;
  return expression.term.value;
}

/** @throws NotPushable when no column has this name. */
export function keysOfVariable(table: Table, name: string): Keys {
  const column = table.columns.get(name);
  if (column === undefined) throw new NotPushable('a variable from elsewhere');
  if (column.kind === 'coded') return { codes: column.codes, size: column.terms.length };
  if (column.kind === 'time') {
    return keysOfTime(column, (localMs, offset) => (localMs - offset * minuteMs) * 4096 + offset);
  }
  return keysOf(table.size, (row) => termAt(column, row).value);
}

function keysOfTime({ timesMs, utcOffsetMinutes }: TimeColumn, unit: TimeUnit): Keys {
  return keysOf(timesMs.length, (row) => {
    const offset = utcOffsetMinutes[row] ?? 0;
    return unit((timesMs[row] ?? 0) + offset * minuteMs, offset);
  });
}

function keysOf(size: number, keyOf: (row: number) => number | string): Keys {
  const codes = new Int32Array(size);
  const known = new Map<number | string, number>();
  let lastKey: number | string | undefined;
  let lastCode = 0;
  for (let row = 0; row < size; row++) {
    const key = keyOf(row);
    if (key !== lastKey) {
      lastCode = known.get(key) ?? known.size;
      known.set(key, lastCode);
      lastKey = key;
    }
    codes[row] = lastCode;
  }
  return { codes, size: known.size };
}

/** Keys of pairs. Only the pairs that occur are counted. */
export function combineKeys(left: Keys, right: Keys): Keys {
  if (left.size <= 1) return right;
  if (right.size <= 1) return left;
  const { length } = left.codes;
  const codes = new Int32Array(length);
  const pairs = left.size * right.size;
  const dense = pairs <= 1 << 20 ? new Int32Array(pairs).fill(-1) : undefined;
  const sparse = new Map<number, number>();
  let size = 0;
  for (let row = 0; row < length; row++) {
    const pair = (left.codes[row] ?? 0) * right.size + (right.codes[row] ?? 0);
    let code = dense === undefined ? sparse.get(pair) : dense[pair];
    if (code === undefined || code === -1) {
      code = size++;
      if (dense === undefined) sparse.set(pair, code);
      else dense[pair] = code;
    }
    codes[row] = code;
  }
  return { codes, size };
}
