import type { TextRow } from './asking.ts';
import type { HeartRateOfDay } from './insights-types.ts';
import { dayOf, localMsOf } from './local-time.ts';

export const blockMs = 600_000;

/** Ten minutes of heart rate from one sensor. */
export interface Block {
  readonly n: number;
  readonly mean: number;
}

/** One sensor's ten-minute blocks of a day, by their start on the wearer's clock. */
export interface SensorDay {
  readonly sensor: string;
  readonly blocks: ReadonlyMap<number, Block>;
}

/** For each day the sensor that covered most of it: two devices are never mixed. */
export function bestSensorDays(rows: readonly TextRow[]): ReadonlyMap<string, SensorDay> {
  const days = new Map<string, Map<string, Map<number, Block>>>();
  for (const { sensor, block, n, mean } of rows) {
    if (sensor === undefined || block === undefined) continue;
    const start = localMsOf(`${block}0`);
    const sensors = days.get(dayOf(start)) ?? new Map<string, Map<number, Block>>();
    days.set(dayOf(start), sensors);
    const blocks = sensors.get(sensor) ?? new Map<number, Block>();
    sensors.set(sensor, blocks);
    blocks.set(start, { n: Number(n), mean: Number(mean) });
  }
  return new Map(
    [...days].map(([day, sensors]) => {
      const [best] = [...sensors].toSorted(
        ([leftName, left], [rightName, right]) =>
          right.size - left.size || (leftName < rightName ? -1 : 1),
      );
      const [sensor = '', blocks = new Map<number, Block>()] = best ?? [];
      return [day, { sensor, blocks }];
    }),
  );
}

/** Minimum, mean and maximum of each day, of its best sensor. */
export function heartRateOfDays(
  rows: readonly TextRow[],
  best: ReadonlyMap<string, SensorDay>,
): ReadonlyMap<string, HeartRateOfDay> {
  const days = new Map<string, HeartRateOfDay>();
  for (const { day, sensor, n, min, mean, max } of rows) {
    if (day === undefined || best.get(day)?.sensor !== sensor) continue;
    days.set(day, { min: Number(min), mean: Number(mean), max: Number(max), n: Number(n) });
  }
  return days;
}
