import { DataFactory } from 'n3';

const { namedNode } = DataFactory;

const xsd = 'http://www.w3.org/2001/XMLSchema#';
const sosa = 'http://www.w3.org/ns/sosa/';

/** `rdf:type`. */
export const RDF_TYPE = namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');

/** `rdfs:label`. */
export const RDFS_LABEL = namedNode('http://www.w3.org/2000/01/rdf-schema#label');

/** Terms of SOSA that readings are made of, https://www.w3.org/TR/vocab-ssn-2023/. */
export const SOSA = {
  hasSimpleResult: namedNode(`${sosa}hasSimpleResult`),
  madeBySensor: namedNode(`${sosa}madeBySensor`),
  observedProperty: namedNode(`${sosa}observedProperty`),
  resultTime: namedNode(`${sosa}resultTime`),
} as const;

/** Datatypes of XML Schema that documents use. */
export const XSD = {
  date: namedNode(`${xsd}date`),
  dateTime: namedNode(`${xsd}dateTime`),
  decimal: namedNode(`${xsd}decimal`),
  gYear: namedNode(`${xsd}gYear`),
  gYearMonth: namedNode(`${xsd}gYearMonth`),
  integer: namedNode(`${xsd}integer`),
  string: namedNode(`${xsd}string`),
} as const;
