import { Parser } from 'n3';

const namespace = 'https://w3id.org/wellpod/wellness#';

const groups = [
  { name: 'WELL', prefix: namespace, what: 'Classes, properties and datatypes of `wellness.ttl`.' },
  {
    name: 'PROPERTY',
    prefix: 'https://w3id.org/wellpod/wellness/property#',
    what: 'Observed properties of `wellness.ttl`.',
  },
  {
    name: 'STAGE',
    prefix: 'https://w3id.org/wellpod/wellness/stage#',
    what: 'Sleep stages of `wellness.ttl`.',
  },
];

/** The TypeScript of `terms.ts` for an ontology in Turtle: one named node a declared term. */
export function termSource(turtle: string): string {
  const declared = new Set(
    new Parser()
      .parse(turtle)
      .filter(({ predicate }) => predicate.value.endsWith('#type'))
      .map(({ subject }) => subject.value),
  );
  const blocks = groups.map(({ name, prefix, what }) => {
    const terms = [...declared]
      .filter((iri) => iri.startsWith(prefix) && iri.length > prefix.length)
      .map((iri) => iri.slice(prefix.length));
    const lines = terms.map((term) => `  ${term}: namedNode(\`\${${name}_NS}${term}\`),`);
    return [
      `/** Namespace of \`${name}\`. */`,
      `export const ${name}_NS = '${prefix}';`,
      '',
      `/** ${what} */`,
      `export const ${name} = {`,
      ...lines,
      '} as const;',
    ].join('\n');
  });
  return [
    '// Generated from wellness.ttl by generate.ts: change it there.',
    "import { DataFactory } from 'n3';",
    '',
    'const { namedNode } = DataFactory;',
    '',
    `${blocks.join('\n\n')}\n`,
  ].join('\n');
}
