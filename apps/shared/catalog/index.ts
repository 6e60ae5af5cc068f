export { findContainers, registerContainers, type Registering } from './containers.ts';
export {
  containerUrl,
  documentUrl,
  parseDocumentUrl,
  wellnessContainer,
  type DocumentRef,
} from './layout.ts';
export { exposureOf, reservePrivately, type Exposure } from './private-place.ts';
export type { CatalogPod } from './type-index.ts';
export { layoutRegistrations, type Registration } from './wellness-classes.ts';
