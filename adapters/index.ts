export * from './contract/index.ts';
export { type MemoryOptions, memoryAdapter as openMemoryPod } from './memory/memory-adapter.ts';
export { type OpenPodOptions, openPod } from './open-pod.ts';
export { type DiscoveredPerson, discoverPerson } from './solid-protocol/discover-person.ts';
export {
  type DiscoveredStorage,
  type DiscoveryOptions,
  discoverStorage,
} from './solid-protocol/discover-storage.ts';
export { toTurtle } from './solid-protocol/serialize-rdf.ts';
export { type GuardOptions, guardedFetch } from './wrappers/guarded-fetch.ts';
export { type AllowPrivate } from './wrappers/outbound-address.ts';
export { type OwnStorageOptions, ownStorageFetch } from './wrappers/own-storage-fetch.ts';
export { type RetryOptions, retryingFetch } from './wrappers/retrying-fetch.ts';
export { type TimeoutOptions, timeoutFetch } from './wrappers/timeout-fetch.ts';
export {
  type VerifiableBody,
  type VerifiedWrite,
  type VerifiedWriteOptions,
  writeVerified,
} from './wrappers/write-verified.ts';
