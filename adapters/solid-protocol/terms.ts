/** The terms of the Solid specifications that the adapters speak. */
const ldp = 'http://www.w3.org/ns/ldp#';
const pim = 'http://www.w3.org/ns/pim/space#';
const solid = 'http://www.w3.org/ns/solid/terms#';
const acl = 'http://www.w3.org/ns/auth/acl#';
const acp = 'http://www.w3.org/ns/solid/acp#';
const notify = 'http://www.w3.org/ns/solid/notifications#';
const foaf = 'http://xmlns.com/foaf/0.1/';
const stat = 'http://www.w3.org/ns/posix/stat#';

export const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

export const LDP = { contains: `${ldp}contains` } as const;

export const PIM = {
  Storage: `${pim}Storage`,
  storage: `${pim}storage`,
  preferencesFile: `${pim}preferencesFile`,
} as const;

export const SOLID = {
  oidcIssuer: `${solid}oidcIssuer`,
  publicTypeIndex: `${solid}publicTypeIndex`,
  privateTypeIndex: `${solid}privateTypeIndex`,
  storageDescription: `${solid}storageDescription`,
} as const;

export const FOAF = { name: `${foaf}name`, Agent: `${foaf}Agent` } as const;

export const VCARD = { fn: 'http://www.w3.org/2006/vcard/ns#fn' } as const;

export const RDFS = { seeAlso: 'http://www.w3.org/2000/01/rdf-schema#seeAlso' } as const;

export const STAT = { size: `${stat}size`, mtime: `${stat}mtime` } as const;

export const DC = { modified: 'http://purl.org/dc/terms/modified' } as const;

/** Web Access Control, https://solidproject.org/TR/wac. */
export const ACL = {
  Authorization: `${acl}Authorization`,
  accessTo: `${acl}accessTo`,
  default: `${acl}default`,
  agent: `${acl}agent`,
  agentClass: `${acl}agentClass`,
  agentGroup: `${acl}agentGroup`,
  AuthenticatedAgent: `${acl}AuthenticatedAgent`,
  mode: `${acl}mode`,
  Read: `${acl}Read`,
  Append: `${acl}Append`,
  Write: `${acl}Write`,
  Control: `${acl}Control`,
} as const;

/** Access Control Policy, https://solidproject.org/TR/acp. */
export const ACP = {
  AccessControlResource: `${acp}AccessControlResource`,
  AccessControl: `${acp}AccessControl`,
  Policy: `${acp}Policy`,
  Matcher: `${acp}Matcher`,
  resource: `${acp}resource`,
  accessControl: `${acp}accessControl`,
  memberAccessControl: `${acp}memberAccessControl`,
  apply: `${acp}apply`,
  allow: `${acp}allow`,
  anyOf: `${acp}anyOf`,
  allOf: `${acp}allOf`,
  agent: `${acp}agent`,
  client: `${acp}client`,
  PublicAgent: `${acp}PublicAgent`,
  AuthenticatedAgent: `${acp}AuthenticatedAgent`,
} as const;

/** Solid Notifications Protocol, https://solidproject.org/TR/notifications-protocol. */
export const NOTIFY = {
  subscription: `${notify}subscription`,
  channelType: `${notify}channelType`,
  WebSocketChannel2023: `${notify}WebSocketChannel2023`,
} as const;
