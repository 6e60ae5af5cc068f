import type { DocumentFinder } from './document-finder.ts';
import type { DocumentLoader, LoadedDocument } from './document-loader.ts';
import type { Evaluator } from './engine/evaluator.ts';

/** What the planner works with during one query. */
export interface Planning {
  readonly finder: DocumentFinder;
  readonly loader: DocumentLoader;
  readonly evaluator: Evaluator;
  /** Documents that tables were made of. */
  readonly used: Set<LoadedDocument>;
  /** What was computed on columns, in words. */
  readonly notes: string[];
}
