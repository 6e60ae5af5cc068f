import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { termSource } from './term-source.ts';

// Through the package's own imports, since this runs from source and from dist/ alike.
const ontology = createRequire(import.meta.url).resolve('#root/vocab/wellness.ttl');
writeFileSync(
  join(dirname(ontology), 'terms/terms.ts'),
  termSource(readFileSync(ontology, 'utf8')),
);
