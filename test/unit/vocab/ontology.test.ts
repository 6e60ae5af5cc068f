import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser, Store, type Term } from 'n3';
import { PROPERTY, signals, signalNames, signalOf, STAGE, WELL } from '../../../vocab/index.ts';
import { termSource } from '../../../vocab/terms/term-source.ts';

const read = (name: string): string =>
  readFileSync(createRequire(import.meta.url).resolve(`#root/vocab/${name}`), 'utf8');

const ontology = new Store(new Parser().parse(read('wellness.ttl')));
const rdfs = 'http://www.w3.org/2000/01/rdf-schema#';
const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const skos = 'http://www.w3.org/2004/02/skos/core#';
const base = 'https://w3id.org/wellpod/wellness';

function objects(subject: string, predicate: string): string[] {
  return ontology.getObjects(subject, predicate, null).map(({ value }) => value);
}

const terms = ontology
  .getSubjects(type, null, null)
  .map(({ value }) => value)
  .filter((iri) => iri.startsWith(base) && !iri.endsWith('#'));

describe('terms.ts', () => {
  it('is what generate.ts makes of wellness.ttl: run `npm run vocab` where it is not', () => {
    expect(read('terms/terms.ts')).toBe(termSource(read('wellness.ttl')));
  });

  it('names exactly the declared terms', () => {
    const named = [WELL, PROPERTY, STAGE].flatMap((group) => Object.values<Term>(group));
    expect(named.map(({ value }) => value).toSorted()).toEqual(terms.toSorted());
  });
});

describe('wellness.ttl', () => {
  it('has a version, a prefix and a licence', () => {
    const about = `${base}#`;
    expect(objects(about, 'http://www.w3.org/2002/07/owl#versionIRI')).toHaveLength(1);
    expect(objects(about, 'http://purl.org/vocab/vann/preferredNamespacePrefix')).toEqual(['well']);
    expect(objects(about, 'http://purl.org/dc/terms/license')).toEqual([
      'https://creativecommons.org/licenses/by/4.0/',
    ]);
  });

  it.each(terms)('says what %s is', (term) => {
    expect(objects(term, `${rdfs}label`)).toHaveLength(1);
    expect(objects(term, `${rdfs}comment`)).toHaveLength(1);
    expect(objects(term, 'http://www.w3.org/2003/06/sw-vocab-status/ns#term_status')).toHaveLength(
      1,
    );
  });

  it('uses no term of its own that it does not declare, nor do the shapes', () => {
    const shapes = new Parser().parse(read('shapes.ttl'));
    const used = [...ontology, ...shapes]
      .flatMap(({ subject, predicate, object }) => [subject, predicate, object])
      .filter(({ termType, value }) => termType === 'NamedNode' && value.startsWith(base))
      .map(({ value }) => value)
      .filter((iri) => !iri.endsWith('#') && !/\/(shapes#.*|\d+\.\d+\.\d+)$/.test(iri));
    expect(new Set(used)).toEqual(new Set(terms));
  });

  it('has examples that are Turtle of its own terms', () => {
    const prefixes = `@prefix well: <${base}#> . @prefix property: <${base}/property#> .
      @prefix stage: <${base}/stage#> . @prefix sosa: <http://www.w3.org/ns/sosa/> .
      @prefix rdfs: <${rdfs}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n`;
    const examples = ontology
      .getObjects(null, 'http://purl.org/vocab/vann/example', null)
      .filter(({ value }) => value.startsWith('<#'));
    expect(examples.length).toBeGreaterThan(5);
    const used = examples
      .flatMap(({ value }) => new Parser({ baseIRI: 'urn:a' }).parse(prefixes + value))
      .flatMap(({ predicate, object }) => [predicate.value, object.value])
      .filter((iri) => iri.startsWith(base));
    for (const iri of used) expect(terms).toContain(iri);
  });

  it('does not fall for codes that mean something else', () => {
    const matched = ['exactMatch', 'closeMatch'].flatMap((match) =>
      ontology.getObjects(null, `${skos}${match}`, null).map(({ value }) => value),
    );
    // Body temperature is not skin temperature, and SDNN is not RMSSD.
    expect(matched.filter((iri) => /8310-5|80404-7/.test(iri))).toEqual([]);
    expect(objects(PROPERTY.heartRate.value, `${skos}exactMatch`)).toEqual([
      'https://loinc.org/rdf/8867-4',
    ]);
  });
});

describe('signals', () => {
  it.each(signalNames)('%s has the class, property and unit of the ontology', (name) => {
    const signal = signals[name];
    expect(signal.name).toBe(name);
    expect(objects(signal.readingClass, `${rdfs}subClassOf`)).toEqual([WELL.Reading.value]);
    expect(objects(signal.property, type)).toEqual([
      'http://www.w3.org/ns/sosa/ObservableProperty',
    ]);
    expect(objects(signal.property, 'http://qudt.org/schema/qudt/hasUnit')).toEqual([signal.unit]);
    expect(signalOf(signal.readingClass)).toBe(signal);
    expect(signalOf(signal.property)).toBe(signal);
  });

  it('cover every subclass of a reading', () => {
    const classes = ontology.getSubjects(`${rdfs}subClassOf`, WELL.Reading, null);
    expect(classes.map(({ value }) => value).toSorted()).toEqual(
      signalNames.map((name) => signals[name].readingClass).toSorted(),
    );
    expect(signalOf('urn:other')).toBeUndefined();
  });
});
