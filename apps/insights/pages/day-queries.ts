const prefixes = `PREFIX well: <https://w3id.org/wellpod/wellness#>
PREFIX sosa: <http://www.w3.org/ns/sosa/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
`;

/** Local days on which anything was measured: one query a kind of record, all answered natively. */
export const knownDaysQueries = ['Rollup', 'DailySummary', 'SleepEpisode'].map(
  (kind) => `${prefixes}
SELECT DISTINCT ?day WHERE { ?record a well:${kind} ; well:day ?day }`,
);

/** The SPARQL for the course of one local day, `YYYY-MM-DD`. */
export function dayQueries(day: string) {
  const date = `"${day}"^^xsd:date`;
  return {
    // Ten minutes: fine enough to see a walk, coarse enough to draw.
    heartRate: `${prefixes}
SELECT ?sensor ?block (COUNT(?bpm) AS ?n) (MIN(?bpm) AS ?min) (AVG(?bpm) AS ?mean) (MAX(?bpm) AS ?max)
WHERE {
  ?reading a well:HeartRate ;
    well:day ${date} ;
    sosa:resultTime ?time ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?bpm .
}
GROUP BY ?sensor (SUBSTR(STR(?time), 1, 15) AS ?block)`,

    steps: `${prefixes}
SELECT ?sensor ?block (SUM(?steps) AS ?amount)
WHERE {
  ?reading a well:Steps ;
    well:day ${date} ;
    sosa:resultTime ?time ;
    sosa:madeBySensor ?sensor ;
    sosa:hasSimpleResult ?steps .
}
GROUP BY ?sensor (SUBSTR(STR(?time), 1, 13) AS ?block)`,

    sleep: `${prefixes}
SELECT ?sensor ?night ?start ?end ?stage ?from ?to
WHERE {
  ?night a well:SleepEpisode ;
    well:day ${date} ;
    well:start ?start ;
    well:end ?end ;
    sosa:madeBySensor ?sensor .
  OPTIONAL {
    ?night well:stage ?interval .
    ?interval a well:SleepStageInterval ;
      well:sleepStage ?stage ;
      well:start ?from ;
      well:end ?to .
  }
}`,

    stress: `${prefixes}
SELECT ?start ?end
WHERE {
  ?mark a well:StressEpisode ;
    well:day ${date} ;
    well:start ?start ;
    well:end ?end .
}`,
  };
}
