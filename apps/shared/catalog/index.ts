export { findContainers, registerContainers } from './containers.ts';
export {
  containerUrl,
  damagedCopyUrl,
  documentUrl,
  parseDocumentUrl,
  wellnessContainer,
  type DocumentRef,
} from './layout.ts';
export { reservePrivately } from './private-place.ts';
export type { CatalogPod } from './type-index.ts';
export { layoutRegistrations } from './wellness-classes.ts';
