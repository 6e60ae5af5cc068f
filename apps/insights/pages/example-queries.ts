/** A query to start from. */
export interface ExampleQuery {
  readonly id: string;
  readonly title: string;
  readonly sparql: string;
}

const well = 'PREFIX well: <https://w3id.org/wellpod/wellness#>';
const sosa = 'PREFIX sosa: <http://www.w3.org/ns/sosa/>';

/** From one kind of question to the next: statistics, single records, time, two kinds of data at once. */
export const exampleQueries: readonly ExampleQuery[] = [
  {
    id: 'heart-rate-days',
    title: 'Heart rate, day by day',
    sparql: `${well}
${sosa}

SELECT ?day (COUNT(?bpm) AS ?readings) (MIN(?bpm) AS ?lowest) (AVG(?bpm) AS ?mean) (MAX(?bpm) AS ?highest)
WHERE {
  ?reading a well:HeartRate ;
    well:day ?day ;
    sosa:hasSimpleResult ?bpm .
}
GROUP BY ?day
ORDER BY DESC(?day)
LIMIT 31`,
  },
  {
    id: 'nights',
    title: 'The last fourteen nights',
    sparql: `${well}

SELECT ?day ?start ?end ?asleep ?inBed
WHERE {
  ?night a well:SleepEpisode ;
    well:day ?day ;
    well:start ?start ;
    well:end ?end ;
    well:asleepMinutes ?asleep ;
    well:inBedMinutes ?inBed .
}
ORDER BY DESC(?start)
LIMIT 14`,
  },
  {
    id: 'steps-and-sleep',
    title: 'Steps, and the night before',
    sparql: `${well}

SELECT ?day ?steps (SUM(?minutes) AS ?asleep)
WHERE {
  ?summary a well:DailySummary ;
    well:day ?day ;
    well:stepCount ?steps .
  ?night a well:SleepEpisode ;
    well:day ?day ;
    well:asleepMinutes ?minutes .
}
GROUP BY ?day ?steps
ORDER BY DESC(?day)`,
  },
  {
    id: 'stages',
    title: 'How the nights are spent',
    sparql: `${well}

SELECT ?stage (COUNT(?interval) AS ?times)
WHERE {
  ?interval a well:SleepStageInterval ;
    well:sleepStage ?stage .
}
GROUP BY ?stage
ORDER BY DESC(?times)`,
  },
  {
    id: 'awake-in-bed',
    title: 'Nights with an hour awake in bed',
    sparql: `${well}

SELECT ?day ?asleep ?inBed (?inBed - ?asleep AS ?awake)
WHERE {
  ?night a well:SleepEpisode ;
    well:day ?day ;
    well:asleepMinutes ?asleep ;
    well:inBedMinutes ?inBed .
  FILTER (?inBed - ?asleep >= 60)
}
ORDER BY DESC(?awake)`,
  },
  {
    id: 'stress-and-steps',
    title: 'Days with marked stress, and their steps',
    sparql: `${well}

SELECT ?day ?steps (COUNT(?mark) AS ?marks)
WHERE {
  ?summary a well:DailySummary ;
    well:day ?day ;
    well:stepCount ?steps .
  ?mark a well:StressEpisode ;
    well:day ?day .
}
GROUP BY ?day ?steps
ORDER BY DESC(?day)`,
  },
  {
    id: 'any-stress',
    title: 'Was any stress marked?',
    sparql: `${well}

ASK { ?episode a well:StressEpisode }`,
  },
];
