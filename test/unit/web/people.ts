import type { Person } from '../../../apps/shared/person.ts';
import { defineAdapter } from '../../../adapters/contract/index.ts';

const unused = (): never => {
  throw new Error('these pages ask the query function, not the pod');
};

const pod = defineAdapter({
  host: 'none',
  capabilities: {
    accessBeforeCreate: false,
    writeIfMatch: false,
    writeIfAbsent: false,
    readIfChanged: false,
    access: 'none',
    notifications: 'none',
    sparqlEndpoint: false,
  },
  read: unused,
  write: unused,
  remove: unused,
  list: unused,
  querySource: unused,
});

/** Somebody with two storages, whose pods are never asked. */
export function aPerson(changes: Partial<Person> = {}): Person {
  return {
    webId: 'https://anna.example/profile/card#me',
    name: 'Anna',
    issuer: 'https://id.example/',
    pods: [
      { name: 'Home', storageUrl: 'https://home.example/anna/', pod },
      { name: 'Cloud', storageUrl: 'https://cloud.example/anna/', pod },
    ],
    chosenStorage: 'https://home.example/anna/',
    ...changes,
  };
}
