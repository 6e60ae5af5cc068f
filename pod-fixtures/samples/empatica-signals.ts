import type { Random } from './seeded-random.ts';

// Bound once: inside jest each look-up of a global costs more than the sums here.
const { floor, max, round } = Math;

/** One signal sampled at a fixed rate, as text of one value a line. */
export type Samples = readonly string[];

/** What the wrist does in a session, second by second. */
export interface WristSecond {
  readonly bpm: number;
  readonly stressed: boolean;
}

/** Blood volume pulse at 64 Hz: a steep rise, a slow fall and a notch for each beat. */
export function bloodVolumePulse(seconds: readonly WristSecond[], random: Random): Samples {
  const lines: string[] = ['-0.00', '-0.00', '-0.00'];
  let phase = 0;
  for (const { bpm } of seconds) {
    for (let sample = 0; sample < 64; sample += 1) {
      phase = (phase + bpm / 60 / 64) % 1;
      const rise = phase < 0.2 ? phase / 0.2 : 1 - (phase - 0.2) / 0.8;
      const notch = phase > 0.45 && phase < 0.6 ? 0.12 : 0;
      lines.push((90 * rise * rise - 32 + 60 * notch + 4 * random.bell()).toFixed(2));
    }
  }
  return lines;
}

/** Acceleration at 32 Hz in 1/64 g: a wrist at rest on a table, tapping now and then. */
export function acceleration(seconds: readonly WristSecond[], random: Random): Samples {
  return seconds.flatMap(() => {
    const reach = random.chance(0.06) ? 9 : 1;
    return Array.from({ length: 32 }, () => {
      const axis = (still: number): number => still + round(reach * random.bell());
      return `${axis(4)},${axis(12)},${axis(62)}`;
    });
  });
}

/**
 * Skin conductance at 4 Hz, µS: a tonic level that wanders and is higher under stress, and
 * responses that rise in 1.5 s and fade: 3.6 a minute at rest and 5.4 under stress, as in
 * the Stress-Predict recordings. The first sample is 0, as on the device.
 */
export function skinConductance(
  seconds: readonly WristSecond[],
  levelMicrosiemens: number,
  random: Random,
): Samples {
  const lines = ['0.000000'];
  let tonic = levelMicrosiemens;
  let response = 0;
  let rising = 0;
  let rise = 0;
  for (const { stressed } of seconds) {
    for (let sample = 0; sample < 4; sample += 1) {
      const goal = levelMicrosiemens * (stressed ? 1.15 : 1);
      tonic += 0.004 * (goal - tonic) + 0.003 * random.bell();
      if (rising === 0 && random.chance((stressed ? 5.4 : 3.6) / 240)) {
        rising = 6;
        rise = (0.03 + 0.12 * random.next()) / 6;
      }
      if (rising > 0) {
        response += rise;
        rising -= 1;
      } else {
        response *= 0.93;
      }
      // The device's converter steps by about 1.281 nS.
      const steps = round(max(0.05, tonic + response) / 0.001281);
      lines.push((steps * 0.001281).toFixed(6));
    }
  }
  lines.pop();
  return lines;
}

/** Skin temperature at 4 Hz, °C in steps of 0.02, drifting; a little lower under stress. */
export function skinTemperature(seconds: readonly WristSecond[], random: Random): Samples {
  let celsius = 32.4 + 0.8 * random.bell();
  return seconds.flatMap(({ stressed }) => {
    celsius += (stressed ? -0.0015 : 0.0003) + 0.002 * random.bell();
    const written = (round(celsius * 50) / 50).toFixed(2);
    return [written, written, written, written];
  });
}

/** Heart rate at 1 Hz, beats a minute; it starts ten seconds after the session. */
export function heartRate(seconds: readonly WristSecond[], random: Random): Samples {
  return seconds.slice(10).map(({ bpm }) => (bpm + 0.4 * random.bell()).toFixed(2));
}

/**
 * Inter-beat intervals in multiples of 1/64 s with the time of each beat. The device drops the
 * beats that it doubts, for seconds to minutes.
 */
export function interBeatIntervals(seconds: readonly WristSecond[], random: Random): Samples {
  const lines: string[] = [];
  let ticks = (8 + random.whole(0, 20)) * 64;
  let seen = true;
  let beat = 0;
  while (ticks < seconds.length * 64) {
    const bpm = seconds[floor(ticks / 64)]?.bpm ?? 60;
    // Breathing lengthens every other few beats; stress leaves this spread as it is.
    const breath = (beat % 5 < 3 ? 1 : -1) * 0.02;
    const interval = round((60 / bpm + breath + 0.012 * random.bell()) * 64);
    ticks += interval;
    beat += 1;
    if (seen) lines.push(`${(ticks / 64).toFixed(6)},${(interval / 64).toFixed(6)}`);
    if (random.chance(seen ? 0.05 : 0.12)) seen = !seen;
  }
  return lines;
}
