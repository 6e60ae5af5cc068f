import { describe, expect, it } from '@jest/globals';
import { isomorphic } from 'rdf-isomorphic';
import { maxRdfBytes, parseRdf } from '../../../../adapters/solid-protocol/parse-rdf.ts';
import { serve } from '../servers.ts';

const url = 'https://pod.example/doc';
const parse = (contentType: string, text: string) =>
  parseRdf({ url, contentType, body: new Blob([text]).stream() });

const turtle = `@prefix foaf: <http://xmlns.com/foaf/0.1/>.
  <#me> foaf:name "Zoé"@fr; foaf:age 7; foaf:knows [ foaf:name "B" ].`;

describe('parseRdf', () => {
  it.each([
    [
      'application/ld+json; charset=utf-8',
      `{"@context": {"foaf": "http://xmlns.com/foaf/0.1/"}, "@id": "#me", "foaf:age": 7,
        "foaf:name": {"@value": "Zoé", "@language": "fr"}, "foaf:knows": {"foaf:name": "B"}}`,
    ],
    [
      'application/rdf+xml',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/">
        <rdf:Description rdf:about="#me"><foaf:name xml:lang="fr">Zoé</foaf:name>
        <foaf:age rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">7</foaf:age>
        <foaf:knows><rdf:Description><foaf:name>B</foaf:name></rdf:Description></foaf:knows>
        </rdf:Description></rdf:RDF>`,
    ],
    [
      'text/html',
      `<!DOCTYPE html><html prefix="foaf: http://xmlns.com/foaf/0.1/ xsd: http://www.w3.org/2001/XMLSchema#"><body>
        <p about="#me"><b property="foaf:name" lang="fr">Zoé</b>
        <i property="foaf:age" datatype="xsd:integer">7</i>
        <span rel="foaf:knows"><a typeof=""><s property="foaf:name">B</s></a></span></p></body></html>`,
    ],
  ])('reads %s as the same triples as Turtle', async (contentType, text) => {
    const [expected, found] = [await parse('text/turtle', turtle), await parse(contentType, text)];
    const about = found.filter(({ predicate }) => predicate.value.includes('foaf'));
    expect(isomorphic([...about], [...expected])).toBe(true);
  });

  it.each([
    ['text/turtle', '<#a> <#b'],
    ['application/ld+json', '{"@id": '],
    ['application/rdf+xml', '<rdf:RDF><unclosed>'],
    ['text/plain', 'words'],
    ['', ''],
  ])('rejects with POD_INVALID what is no %s', async (contentType, text) => {
    await expect(parse(contentType, text)).rejects.toMatchObject({ code: 'POD_INVALID', url });
  });

  it('fetches no remote context', async () => {
    const canary = await serve();
    const text = JSON.stringify({ '@context': `${canary.url}context.jsonld`, name: 'A' });
    await expect(parse('application/ld+json', text)).rejects.toMatchObject({ code: 'POD_INVALID' });
    expect(canary.requests).toEqual([]);
  });

  it('writes nothing of a document to the console', async () => {
    const said: unknown[] = [];
    const { error, warn } = console;
    Object.assign(console, { error: said.push.bind(said), warn: said.push.bind(said) });
    try {
      await parse('application/rdf+xml', '<a>&heartRate72;<b x=1 x=2></a>').catch(() => undefined);
      await parse('text/html', '<a>&heartRate72;<b x=1 x=2></a>').catch(() => undefined);
    } finally {
      Object.assign(console, { error, warn });
    }
    expect(said).toEqual([]);
  });

  it('expands no entity of a document type', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c SYSTEM "file:///etc/passwd">]><rdf:RDF
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="#me">
      <n xmlns="urn:">&b;&c;</n></rdf:Description></rdf:RDF>`;
    const found = await parse('application/rdf+xml', bomb).catch(() => []);
    expect(JSON.stringify(found)).not.toMatch(/aaaa|root:/);
  });

  it('takes brackets in strings for what they are', async () => {
    const name = '[{"\\'.repeat(100);
    const found = await parse(
      'application/ld+json',
      JSON.stringify({ '@id': '#me', 'urn:p': name }),
    );
    expect(found.map(({ object }) => object.value)).toEqual([name]);
  });

  it.each([
    ['application/rdf+xml', `<a>${'<b>'.repeat(100_000)}`],
    ['text/html', '<div>'.repeat(100_000)],
    ['application/ld+json', `${'{"urn:p":'.repeat(65)}1${'}'.repeat(65)}`],
    ['application/ld+json', `${'{"urn:p":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['application/ld+json', '['.repeat(900_000)],
    ['text/turtle', `<#a> <#b> ${'('.repeat(100_000)}`],
    ['text/turtle', `<${'a'.repeat(15_000_000)}`],
    ['text/turtle', 'x'.repeat(maxRdfBytes + 1)],
    ['application/rdf+xml', ' '.repeat(2 ** 18 + 1)],
  ])('is done in time with a hostile %s', async (contentType, text) => {
    const startedMs = Date.now();
    await expect(parse(contentType, text)).rejects.toMatchObject({ code: 'POD_INVALID' });
    expect(Date.now() - startedMs).toBeLessThan(5000);
  });
});
