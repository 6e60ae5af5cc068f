/** First and last local day that a report is about, both included. */
export interface DayRange {
  readonly from?: string;
  readonly to?: string;
}

const prefixes = `PREFIX well: <https://w3id.org/wellpod/wellness#>
PREFIX sosa: <http://www.w3.org/ns/sosa/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
`;

/** The SPARQL of every insight for a range of days. */
export function insightQueries(range: DayRange) {
  const days = dayFilter(range);
  return {
    heartRateByDay: `${prefixes}
SELECT ?day ?sensor (COUNT(?bpm) AS ?n) (MIN(?bpm) AS ?min) (AVG(?bpm) AS ?mean) (MAX(?bpm) AS ?max)
WHERE {
  ?reading a well:HeartRate ;
    well:day ?day ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?bpm .${days}
}
GROUP BY ?day ?sensor`,

    heartRateByTenMinutes: `${prefixes}
SELECT ?sensor ?block (COUNT(?bpm) AS ?n) (AVG(?bpm) AS ?mean)
WHERE {
  ?reading a well:HeartRate ;
    well:day ?day ;
    sosa:resultTime ?time ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?bpm .${days}
}
GROUP BY ?sensor (SUBSTR(STR(?time), 1, 15) AS ?block)`,

    stepsByDay: `${prefixes}
SELECT ?day ?sensor (COUNT(?steps) AS ?n) (SUM(?steps) AS ?sum)
WHERE {
  ?reading a well:Steps ;
    well:day ?day ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?steps .${days}
}
GROUP BY ?day ?sensor`,

    stepsByTenMinutes: `${prefixes}
SELECT ?block (SUM(?steps) AS ?sum)
WHERE {
  ?reading a well:Steps ;
    well:day ?day ;
    sosa:resultTime ?time ;
    sosa:hasSimpleResult ?steps .${days}
}
GROUP BY (SUBSTR(STR(?time), 1, 15) AS ?block)
HAVING (SUM(?steps) > 0)`,

    vendorSteps: vendorQuery('stepCount', days),
    vendorAsleep: vendorQuery('asleepMinutes', days),
    vendorInBed: vendorQuery('inBedMinutes', days),
    vendorRestingHeartRate: vendorQuery('restingHeartRate', days),

    nights: `${prefixes}
SELECT ?day ?sensor ?start ?end ?asleep ?inBed
WHERE {
  ?night a well:SleepEpisode ;
    well:day ?day ;
    well:start ?start ;
    well:end ?end ;
    well:asleepMinutes ?asleep ;
    well:inBedMinutes ?inBed ;
    sosa:madeBySensor ?sensor .${days}
}`,

    stressMarks: `${prefixes}
SELECT ?day ?sensor ?start ?end
WHERE {
  ?mark a well:StressEpisode ;
    well:day ?day ;
    well:start ?start ;
    well:end ?end ;
    sosa:madeBySensor ?sensor .${days}
}`,

    skinConductanceByDay: `${prefixes}
SELECT ?day ?sensor (COUNT(?conductance) AS ?n) (AVG(?conductance) AS ?mean)
WHERE {
  ?reading a well:ElectrodermalActivity ;
    well:day ?day ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?conductance .${days}
}
GROUP BY ?day ?sensor`,
  };
}

/** Minutes of a signal on some days, each with its mean. The days are `YYYY-MM-DD`. */
export function minutesQuery(
  readingClass: 'HeartRate' | 'ElectrodermalActivity',
  days: readonly string[],
): string {
  const values = days.map((day) => `"${checked(day)}"^^xsd:date`).join(' ');
  return `${prefixes}
SELECT ?sensor ?minute (AVG(?value) AS ?mean)
WHERE {
  VALUES ?day { ${values} }
  ?reading a well:${readingClass} ;
    well:day ?day ;
    sosa:resultTime ?time ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?value .
}
GROUP BY ?sensor (SUBSTR(STR(?time), 1, 16) AS ?minute)`;
}

function vendorQuery(property: string, days: string): string {
  return `${prefixes}
SELECT ?day ?sensor ?value
WHERE {
  ?summary a well:DailySummary ;
    well:day ?day ;
    well:${property} ?value ;
    sosa:madeBySensor ?sensor .${days}
}`;
}

function dayFilter({ from, to }: DayRange): string {
  const parts = [
    ...(from === undefined ? [] : [`?day >= "${checked(from)}"^^xsd:date`]),
    ...(to === undefined ? [] : [`?day <= "${checked(to)}"^^xsd:date`]),
  ];
  return parts.length === 0 ? '' : `\n  FILTER(${parts.join(' && ')})`;
}

/** Only what is a day enters a query's text. @throws RangeError. */
function checked(day: string): string {
  if (/^\d{4}-\d\d-\d\d$/u.test(day)) return day;
  throw new RangeError('A day is written YYYY-MM-DD.');
}
