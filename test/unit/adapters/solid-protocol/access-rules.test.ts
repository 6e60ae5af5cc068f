import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Parser } from 'n3';
import type { AccessMode, AccessRule, AccessSubject } from '../../../../adapters/contract/index.ts';
import { mergeRules, sameRules } from '../../../../adapters/solid-protocol/access-rules.ts';
import { acrQuads, parseAcr } from '../../../../adapters/solid-protocol/acp-rules.ts';
import { toTurtle } from '../../../../adapters/solid-protocol/serialize-rdf.ts';
import { aclQuads, parseAcl } from '../../../../adapters/solid-protocol/wac.ts';

const url = 'https://pod.example/alice/wellness/';
const prefixes = `
  @prefix acl: <http://www.w3.org/ns/auth/acl#>.
  @prefix acp: <http://www.w3.org/ns/solid/acp#>.
  @prefix foaf: <http://xmlns.com/foaf/0.1/>.
`;
const parse = (turtle: string, baseIRI: string) => new Parser({ baseIRI }).parse(prefixes + turtle);
const acl = (turtle: string) => parseAcl(parse(turtle, `${url}.acl`), url);
const acr = (turtle: string) => parseAcr(parse(turtle, `${url}.acr`), url);

const webId = fc
  .constantFrom('alice', 'bob', 'carol')
  .map((name) => `https://id.example/${name}#me`);
const subjects = {
  anyone: fc.constantFrom<AccessSubject>({ kind: 'public' }, { kind: 'authenticated' }),
  agent: webId.map((id): AccessSubject => ({ kind: 'agent', webId: id })),
  group: fc.constant<AccessSubject>({ kind: 'group', url: 'https://id.example/team#us' }),
  viaClient: webId.map((id): AccessSubject => ({
    kind: 'agent',
    webId: id,
    client: 'https://app.example/id',
  })),
};
const rules = (...subject: fc.Arbitrary<AccessSubject>[]): fc.Arbitrary<AccessRule[]> =>
  fc.array(
    fc.record({
      subject: fc.oneof(...subject),
      scope: fc.constantFrom('resource' as const, 'members' as const),
      modes: fc
        .subarray<AccessMode>(['read', 'append', 'write', 'control'], { minLength: 1 })
        .map((modes) => new Set(modes)),
    }),
    { maxLength: 6 },
  );

describe('WAC', () => {
  it('says any rules in an ACL, and reads the same back', async () => {
    const { anyone, agent, group } = subjects;
    await fc.assert(
      fc.asyncProperty(rules(anyone, agent, group), async (wanted) => {
        const turtle = await toTurtle(aclQuads(url, `${url}.acl`, mergeRules(wanted)));
        const found = acl(turtle);
        expect(found.lossless).toBe(true);
        expect(sameRules(found.rules, wanted)).toBe(true);
      }),
      { seed: 11 },
    );
  });

  it('reads several subjects and scopes of one authorization', () => {
    const found = acl(`<#a> a acl:Authorization; acl:accessTo <./>; acl:default <./>;
      acl:agent <https://id.example/a>, <mailto:a@example>; acl:agentClass foaf:Agent; acl:mode acl:Read.`);
    expect(found.lossless).toBe(true);
    expect(found.rules).toHaveLength(6);
  });

  it.each([
    [
      'an origin',
      `<#a> a acl:Authorization; acl:accessTo <./>; acl:agent <urn:a>; acl:mode acl:Read; acl:origin <https://app.example>.`,
    ],
    [
      'another resource',
      `<#a> a acl:Authorization; acl:accessTo <other>; acl:agent <urn:a>; acl:mode acl:Read.`,
    ],
    [
      'an unknown mode',
      `<#a> a acl:Authorization; acl:accessTo <./>; acl:agent <urn:a>; acl:mode acl:Fly.`,
    ],
    [
      'an unknown class',
      `<#a> a acl:Authorization; acl:accessTo <./>; acl:agentClass <urn:a>; acl:mode acl:Read.`,
    ],
    ['no type', `<#a> acl:accessTo <./>; acl:agent <urn:a>; acl:mode acl:Read.`],
    [
      'a remark',
      `<#a> a acl:Authorization; acl:accessTo <./>; acl:agent <urn:a>; acl:mode acl:Read. <> <urn:note> "mine".`,
    ],
  ])('is not lossless with %s', (_, turtle) => {
    expect(acl(turtle).lossless).toBe(false);
  });
});

describe('ACP', () => {
  it('says any rules in an access control resource, and reads the same back', async () => {
    const { anyone, agent, viaClient } = subjects;
    await fc.assert(
      fc.asyncProperty(rules(anyone, agent, viaClient), async (wanted) => {
        const turtle = await toTurtle(acrQuads(url, `${url}.acr`, mergeRules(wanted)));
        const found = acr(turtle);
        expect(found.lossless).toBe(true);
        expect(sameRules(found.rules, wanted)).toBe(true);
      }),
      { seed: 12 },
    );
  });

  const policy = (inside: string, more = ''): string => `
    <> a acp:AccessControlResource; acp:resource <./>; acp:accessControl <#c>.
    <#c> a acp:AccessControl; acp:apply <#p>.
    <#p> a acp:Policy; acp:allow acl:Read; ${inside}.
    <#m> a acp:Matcher; acp:agent <https://id.example/a>. ${more}`;
  const second = '<#n> a acp:Matcher; acp:agent <https://id.example/b>.';

  it('takes one matcher that must match like any of one', () => {
    const modes = new Set(['read']);
    const subject = { kind: 'agent', webId: 'https://id.example/a' };
    expect(acr(policy('acp:allOf <#m>'))).toEqual({
      rules: [{ subject, modes, scope: 'resource' }],
      lossless: true,
    });
  });

  it.each([
    ['a deny', policy('acp:anyOf <#m>; acp:deny acl:Write')],
    ['noneOf', policy('acp:anyOf <#m>; acp:noneOf <#n>', second)],
    ['two matchers that must both match', policy('acp:allOf <#m>, <#n>', second)],
    ['anyOf with allOf', policy('acp:anyOf <#m>; acp:allOf <#n>', second)],
    ['an issuer', policy('acp:anyOf <#m>', '<#m> acp:issuer <https://idp.example/>.')],
    ['a credential', policy('acp:anyOf <#m>', '<#m> acp:vc <urn:vc>.')],
    ['the creator', policy('acp:anyOf <#n>', '<#n> a acp:Matcher; acp:agent acp:CreatorAgent.')],
    ['a client alone', policy('acp:anyOf <#n>', '<#n> a acp:Matcher; acp:client <urn:app>.')],
    [
      'everybody by one client',
      policy(
        'acp:anyOf <#n>',
        '<#n> a acp:Matcher; acp:agent acp:PublicAgent; acp:client <urn:app>.',
      ),
    ],
    [
      'a policy elsewhere',
      '<> a acp:AccessControlResource; acp:resource <./>; acp:accessControl [ a acp:AccessControl; acp:apply <https://pod.example/policies#p> ].',
    ],
    ['another resource', '<> a acp:AccessControlResource; acp:resource <other>.'],
  ])('is not lossless with %s', (_, turtle) => {
    expect(acr(turtle).lossless).toBe(false);
  });

  it('shows what a narrowed policy allows, rather than hiding it', () => {
    const found = acr(policy('acp:anyOf <#m>; acp:noneOf <#n>', second));
    expect(found.rules).toHaveLength(1);
  });
});
