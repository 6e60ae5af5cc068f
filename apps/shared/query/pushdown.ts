import { inputsOf, withInputs, type Bgp, type Group, type Operation } from './algebra.ts';
import { constraintsBelow, type Constraint, type DayBounds } from './constraints.ts';
import { demandOfStar } from './demands.ts';
import type { SeriesDocument } from './engine/evaluator.ts';
import { mayMatchOutsideSeries } from './plain-readings.ts';
import { pushOver } from './push-over.ts';
import type { Planning } from './planning.ts';
import { plainStarTable } from './plain-star-table.ts';
import { readingStarOf, starsOf, type Star } from './reading-star.ts';
import { rollupPlanOf } from './rollup-plan.ts';
import { chooseRecords } from './rollup-choice.ts';
import { rollupTable } from './rollup-table.ts';
import { starTable } from './star-table.ts';
import { rowCount, type Table } from './table/table.ts';

/**
 * The algebra with each part that columns can answer exactly replaced by its solutions. What is
 * left is for the engine: what it asks of documents is in `demandsOf` the result.
 */
export async function pushDown(
  operation: Operation,
  planning: Planning,
  above: readonly Constraint[] = [],
): Promise<Operation> {
  if (operation.type === 'group') {
    const answered = await answerFromRollups(operation, planning, above);
    if (answered !== undefined) return answered;
  }
  if (operation.type === 'bgp') return pushBgp(operation, planning, above);
  const below = constraintsBelow(operation, above);
  const inputs = await Promise.all(
    inputsOf(operation).map((input, index) => pushDown(input, planning, below[index])),
  );
  const pushed = await pushOver(withInputs(operation, inputs), planning.evaluator);
  note(operation, pushed, planning);
  return pushed;
}

const noted: Readonly<Record<string, string>> = {
  filter: 'filter',
  group: 'group and aggregates',
  orderby: 'order',
};

function note(operation: Operation, pushed: Operation, { notes }: Planning): void {
  const words = noted[operation.type];
  if (words !== undefined && pushed.type === 'table') {
    notes.push(`${words}: ${rowCount(pushed.table)} rows left`);
  }
}

/** Replaces the reading stars of a BGP. What it asks besides is joined with them. */
async function pushBgp(
  bgp: Bgp,
  planning: Planning,
  constraints: readonly Constraint[],
): Promise<Operation> {
  const pushed: Operation[] = [];
  const left: Bgp['patterns'][number][] = [];
  for (const star of starsOf(bgp)) {
    const table =
      (await tableOfReadings(star, planning, constraints)) ??
      (await tableOfPlainNodes(star, planning, constraints));
    if (table === undefined) left.push(...star.patterns);
    else pushed.push({ type: 'table', table });
  }
  if (pushed.length === 0) return bgp;
  if (left.length > 0) pushed.push({ type: 'bgp', patterns: left });
  const [only] = pushed;
  return pushed.length === 1 && only !== undefined ? only : { type: 'join', input: pushed };
}

async function tableOfReadings(
  asked: Star,
  { finder, loader, used, notes }: Planning,
  constraints: readonly Constraint[],
): Promise<Table | undefined> {
  const star = readingStarOf(asked);
  if (star === undefined) return undefined;
  const demand = demandOfStar(star, constraints);
  const documents = await loader.load(await finder.find(demand));
  if (mayMatchOutsideSeries(star, documents)) return undefined;
  for (const document of documents) used.add(document);
  const series = documents.flatMap(({ found, series: columns }) =>
    columns === undefined ? [] : [within({ url: found.url, series: columns }, demand.days)],
  );
  const table = starTable(star, series);
  notes.push(`${star.signals.join(', ')} readings from columns: ${table.size} rows`);
  return table;
}

async function tableOfPlainNodes(
  star: Star,
  { finder, loader, used, notes }: Planning,
  constraints: readonly Constraint[],
): Promise<Table | undefined> {
  const demand = demandOfStar(star, constraints);
  if (demand.signals.length > 0) return undefined;
  const documents = await loader.load(await finder.find(demand));
  const table = plainStarTable(star, documents);
  if (table === undefined) return undefined;
  for (const document of documents) used.add(document);
  notes.push(`records from plain documents: ${table.size} rows`);
  return table;
}

const dayMs = 86_400_000;

/** The readings that may be on the days asked, wherever worn; the columns are shared, not copied. */
function within({ url, series }: SeriesDocument, { first, last }: DayBounds): SeriesDocument {
  const { timesMs, utcOffsetMinutes, scaledValues } = series;
  const fromMs = first === undefined ? -Infinity : Date.parse(first) - dayMs;
  const untilMs = last === undefined ? Infinity : Date.parse(last) + 2 * dayMs;
  const from = lowerBound(timesMs, fromMs);
  const to = lowerBound(timesMs, untilMs);
  return {
    url,
    series: {
      ...series,
      timesMs: timesMs.subarray(from, to),
      utcOffsetMinutes: utcOffsetMinutes.subarray(from, to),
      scaledValues: scaledValues.subarray(from, to),
    },
  };
}

/** Index of the first time that is not before the bound. */
function lowerBound(timesMs: Float64Array, bound: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timesMs[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A group by days that the days' statistics answer, without reading a single value. */
async function answerFromRollups(
  group: Group,
  planning: Planning,
  above: readonly Constraint[],
): Promise<Operation | undefined> {
  const plan = rollupPlanOf(group, above);
  if (plan === undefined) return undefined;
  const chosen = await chooseRecords(plan, planning);
  if (chosen === undefined) return undefined;
  let answered: Operation = { type: 'table', table: rollupTable(plan.star, chosen.records) };
  for (const step of plan.steps) {
    answered = await pushOver(step(answered), planning.evaluator);
    if (answered.type !== 'table') return undefined;
  }
  for (const document of chosen.documents) planning.used.add(document);
  planning.notes.push(
    `${plan.star.signals.join(', ')} by day from rollups: ${chosen.records.length} days, ` +
      `${rowCount(answered.table)} groups`,
  );
  return answered;
}
