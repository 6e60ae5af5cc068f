import type { Asked } from './asking.ts';
import type { InsightMethod, InsightName } from './insights-types.ts';

type MethodText = Pick<InsightMethod, 'title' | 'method' | 'source'>;

const texts: Readonly<Record<InsightName, MethodText>> = {
  steps: {
    title: 'Steps',
    method:
      'The vendor’s own total of the day where there is one, as it is what the vendor’s app shows; ' +
      'else the sum of the readings of the one source with the most readings that day. Devices are ' +
      'never added up.',
    source: 'The vendor’s daily summary; the readings themselves.',
  },
  heartRate: {
    title: 'Heart rate',
    method:
      'Least, mean and greatest of all readings of the day, of the one sensor that covered most ' +
      'ten-minute blocks of it. The mean weighs readings, not time, so hours that the device ' +
      'sampled more often count more.',
    source: 'The readings themselves, from daily statistics where those are up to date.',
  },
  restingHeartRate: {
    title: 'Resting heart rate',
    method:
      'The lowest mean over 30 minutes in a row at rest, of the sensor that covered most of the day. ' +
      'At rest is: asleep (a night counts for its day of waking), or awake without a step in those ' +
      'ten minutes and the ten before; where neither sleep nor steps were measured, midnight to six. ' +
      'A ten-minute block counts with half of its usual readings. Days with less than two hours at ' +
      'rest have no value. Where no day has one, the vendor’s own figures are shown.',
    source:
      'Rest as the absence of steps: Mishra et al., Nature Biomedical Engineering 4 (2020), ' +
      'doi:10.1038/s41551-020-00640-6; the lowest half hour instead of their median is our choice.',
  },
  sleep: {
    title: 'Sleep',
    method:
      'The vendor’s own totals of the day of waking where there are; else the sum of the day’s sleeps, ' +
      'naps included, from the source that saw the longest time in bed. Of sleeps that overlap, only the ' +
      'longest counts. A wrist device estimates sleep from movement and pulse: it is no sleep laboratory.',
    source: 'The vendor’s daily summary; the sleep records themselves.',
  },
  skinConductance: {
    title: 'Skin conductance',
    method:
      'Mean of all readings of the day, of the one sensor with the most of them. It rises with ' +
      'arousal, but also with warmth, movement and how tight the band sits. A device worn for an hour ' +
      'tells of that hour: compare days on which it was worn alike.',
    source:
      'Boucsein et al., Publication recommendations for electrodermal measurements, Psychophysiology ' +
      '49 (2012) 1017–1034, doi:10.1111/j.1469-8986.2012.01384.x.',
  },
  stress: {
    title: 'Stress',
    method:
      'Spans that the wearer or a study marked, and how much the mean heart rate and skin conductance of ' +
      'the minutes inside them differ from those outside, on the same day and sensor. Five minutes on ' +
      'each side are needed; less is not measurable. There is no score, and heart-rate variability of the ' +
      'wrist is not used: over 34 people it showed no effect of stress (p 0.22), while heart rate rose by ' +
      '2.8 bpm and skin conductance in 85 %.',
    source:
      'Stress-Predict, Iqbal et al., Sensors 22 (2022) 8135, doi:10.3390/s22218135; our own analysis of it.',
  },
  week: {
    title: 'Week against week',
    method:
      'Mean of the last seven days against the seven before, of days that have a value. The interval is ' +
      'Welch’s 95 % interval of the difference; it takes days as independent, which neighbouring days are ' +
      'only roughly. A direction is shown only where it excludes zero, and with four days on each side. ' +
      'Days of no step and no heart rate are taken as not worn.',
    source: 'Welch, Biometrika 34 (1947) 28–35.',
  },
  blend: {
    title: 'Two signals side by side',
    method:
      'Spearman’s rank correlation of two daily signals of one person, over days that have both, fourteen ' +
      'at least. One pair is chosen by the number of its days, before its values are looked at. p is by ' +
      'permutation of blocks of neighbouring days (seeded, so that it stays the same), the 95 % interval by ' +
      'the moving-block bootstrap. A relation is named only where p is below 0.05 and the interval excludes ' +
      'zero; one in twenty such findings would be chance, and none says what causes what.',
    source: 'Künsch, Annals of Statistics 17 (1989) 1217–1241; Spearman (1904).',
  },
};

/** A method with the queries that its numbers came from, each document once. */
export function methodOf(name: InsightName, asked: readonly Asked[]): InsightMethod {
  const documents = asked.flatMap((one) => one.documents);
  return {
    ...texts[name],
    queries: asked.map(({ sparql }) => sparql),
    documents: [...new Map(documents.map((document) => [document.url, document])).values()],
    pushedDown: [...new Set(asked.flatMap(({ pushedDown }) => pushedDown))],
  };
}
