import type { Connector } from './connector.ts';
import { empaticaE4 } from './empatica-e4.ts';
import { fitbitFitabase } from './fitbit-fitabase.ts';

/** Every export that can be read, asked in this order what a file is. */
export const connectors: readonly Connector[] = [fitbitFitabase, empaticaE4];
