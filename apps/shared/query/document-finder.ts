import { type Entry, PodError } from '../../../adapters/contract/index.ts';
import { signalNames, signals, type SignalName } from '../../../vocab/index.ts';
import { findContainers, parseDocumentUrl, type DocumentRef } from '../catalog/index.ts';
import type { DayBounds } from './constraints.ts';
import { isPlainClass, type Demand } from './demands.ts';
import type { Requesting } from './pod-requests.ts';
import type { MissingSource, QueryPod } from './query-types.ts';

/** A document that was found in a pod, not read yet. */
export interface FoundDocument {
  readonly url: string;
  readonly pod: QueryPod;
  /** Class that its container is registered for. */
  readonly forClass: string;
  /** What its name tells; absent for a name that is not of our layout. */
  readonly ref?: DocumentRef;
  readonly sizeBytes?: number;
  readonly modifiedMs?: number;
}

/** The documents of some pods, by what is registered in their type indexes. */
export interface DocumentFinder {
  /** Documents that may answer a demand, each URL once. */
  find(demand: Demand): Promise<readonly FoundDocument[]>;
  /** The documents registered for a class of ours. */
  ofClass(forClass: string): Promise<readonly FoundDocument[]>;
  readonly missing: MissingSource[];
  /** Pods of which not even the type index could be read. */
  readonly unreachable: Set<QueryPod>;
}

type Catalog = ReadonlyMap<string, readonly string[]>;

const classOfSignal = (name: SignalName): string => signals[name].readingClass;
const readingClasses: ReadonlySet<string> = new Set(signalNames.map(classOfSignal));

/** Looks in each pod with its own adapter, in every container at most once. */
export function documentFinder(
  pods: readonly QueryPod[],
  { requests, signal }: Requesting,
): DocumentFinder {
  const missing: MissingSource[] = [];
  const unreachable = new Set<QueryPod>();
  const listings = new Map<string, Promise<readonly FoundDocument[]>>();
  const catalogs = new Map<QueryPod, Promise<Catalog>>();

  const readCatalog = async (pod: QueryPod): Promise<Catalog> => {
    try {
      const home = pods.find(({ storageUrl }) => pod.webId?.startsWith(storageUrl) === true);
      const where = home === undefined ? pod : { ...pod, profilePod: home.pod };
      return await requests({ pod: pod.pod, key: `catalog ${pod.storageUrl}`, signal }, () =>
        findContainers(where, { signal }),
      );
    } catch (error) {
      unreachable.add(pod);
      missing.push({ pod: pod.name, url: pod.storageUrl, reason: reasonOf(error, signal) });
      return new Map();
    }
  };
  const catalogOf = (pod: QueryPod): Promise<Catalog> => {
    const known = catalogs.get(pod) ?? readCatalog(pod);
    catalogs.set(pod, known);
    return known;
  };
  const listContainer = async (pod: QueryPod, container: string, forClass: string) => {
    try {
      const entries = await requests({ pod: pod.pod, key: `list ${container}`, signal }, () =>
        listAll(pod, container, signal),
      );
      return entries
        .filter((entry) => !entry.container)
        .map((entry) => foundDocument(pod, forClass, entry));
    } catch (error) {
      // A registration may outlive its container, or come before the first write to it.
      if (!PodError.is(error) || error.code !== 'POD_NOT_FOUND') {
        missing.push({ pod: pod.name, url: container, reason: reasonOf(error, signal) });
      }
      return [];
    }
  };
  const ofRegistrations = async (
    isWanted: (forClass: string) => boolean,
  ): Promise<readonly FoundDocument[]> => {
    const perPod = pods.map(async (pod) => {
      const wanted = [...(await catalogOf(pod))].filter(([forClass]) => isWanted(forClass));
      const lists = wanted.flatMap(([forClass, containers]) =>
        containers.map((container) => {
          const key = JSON.stringify([pods.indexOf(pod), container, forClass]);
          const listing = listings.get(key) ?? listContainer(pod, container, forClass);
          listings.set(key, listing);
          return listing;
        }),
      );
      return (await Promise.all(lists)).flat();
    });
    return (await Promise.all(perPod)).flat();
  };

  return {
    missing,
    unreachable,
    ofClass: (forClass) => ofRegistrations((registered) => registered === forClass),
    async find(demand) {
      const found = await ofRegistrations((forClass) => isWantedClass(demand, forClass));
      return eachOnce(found.filter((document) => mayAnswer(document, demand)));
    },
  };
}

async function listAll(
  { pod }: QueryPod,
  container: string,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of pod.list(container, { signal })) entries.push(entry);
  return entries;
}

function foundDocument(
  pod: QueryPod,
  forClass: string,
  { url, sizeBytes, modifiedMs }: { url: string; sizeBytes?: number; modifiedMs?: number },
): FoundDocument {
  const ref = parseDocumentUrl(url);
  return {
    url,
    pod,
    forClass,
    ...(ref === undefined ? {} : { ref }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(modifiedMs === undefined ? {} : { modifiedMs }),
  };
}

function isWantedClass(demand: Demand, forClass: string): boolean {
  if (readingClasses.has(forClass)) {
    return demand.signals.some((name) => classOfSignal(name) === forClass);
  }
  return isPlainClass(forClass) ? demand.classes.includes(forClass) : demand.foreign;
}

/** False only when the name says that the document is of another signal or time. */
function mayAnswer({ url, ref, forClass }: FoundDocument, demand: Demand): boolean {
  if (demand.onlyDocument !== undefined && readingClasses.has(forClass)) {
    if (ref?.kind === 'series' && url !== demand.onlyDocument) return false;
  }
  if (ref === undefined || isForeign(forClass)) return true;
  if (ref.kind === 'series' && !demand.signals.includes(ref.signal)) return false;
  return isWithin(ref, demand.days);
}

function isForeign(forClass: string): boolean {
  return !readingClasses.has(forClass) && !isPlainClass(forClass);
}

/** Whether some day of the document's month or year is within the bounds. */
function isWithin(ref: DocumentRef, { first, last }: DayBounds): boolean {
  const period = 'month' in ref ? ref.month : 'year' in ref ? ref.year : undefined;
  if (period === undefined) return true;
  if (first !== undefined && period < first.slice(0, period.length)) return false;
  return last === undefined || period <= last.slice(0, period.length);
}

function eachOnce(documents: readonly FoundDocument[]): readonly FoundDocument[] {
  const byUrl = new Map<string, FoundDocument>();
  for (const document of documents) {
    if (!byUrl.has(document.url)) byUrl.set(document.url, document);
  }
  return [...byUrl.values()];
}

/** Why something could not be read, without anything that was in it. */
export function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) throw signal.reason;
  if (PodError.is(error)) return reasons[error.code] ?? 'it could not be read';
  return 'its content is not what its type says';
}

const reasons: Readonly<Record<string, string>> = {
  POD_NOT_FOUND: 'it is not there',
  POD_UNAUTHENTICATED: 'the login is needed or has ended',
  POD_FORBIDDEN: 'access is not granted',
  POD_INVALID: 'its content is not valid',
  POD_UNSUPPORTED: 'its host does not support this',
  POD_UNAVAILABLE: 'its host does not answer',
};
