import { openMemoryPod, PodError, type PodAdapter } from '../../../adapters/index.ts';

export const storageUrl = 'https://pod.example/ada/';
export const header = 'Id,ActivityMinute,Steps\n';
export const april = '7,4/12/2016 12:00:00 AM,3\n7,4/12/2016 12:01:00 AM,0\n';
export const may = '7,5/1/2016 12:00:00 AM,12\n';
/** A little of everything: twelve documents. */
export const files = {
  'minuteSteps.csv': header + april + may,
  'seconds.csv': 'Id,Time,Value\n7,4/12/2016 10:00:05 AM,80\n7,4/12/2016 10:00:10 AM,82\n',
  'days.csv': 'Id,ActivityDate,TotalSteps\n7,4/12/2016,13\n',
  'sleep.csv': 'Id,date,value,logId\n7,4/30/2016 11:59:00 PM,1,5\n7,5/1/2016 12:00:00 AM,1,5\n',
  'S01/HR.csv': '1460448000.000000\n1.000000\n83.00\n',
  'S01/tags.csv': '1460448001\n',
};

/** Everything in a pod, by path. */
export async function contents(
  pod: PodAdapter,
  container = storageUrl,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  try {
    for await (const { url, container: isContainer } of pod.list(container)) {
      if (isContainer) Object.assign(found, await contents(pod, url));
      else {
        const { bytes } = await pod.read(url);
        found[url.slice(storageUrl.length)] = await new Response(bytes()).text();
      }
    }
  } catch (error) {
    if (!PodError.is(error) || error.code !== 'POD_NOT_FOUND') throw error;
  }
  return found;
}

/** A pod whose writes can be made to fail, or to be preceded by another program's. */
export function podWith(write: (inner: PodAdapter, count: number, url: string) => Promise<void>) {
  const inner = openMemoryPod();
  let count = 0;
  const pod: PodAdapter = {
    ...inner,
    async write(url, body, call) {
      count += 1;
      await write(inner, count, url);
      return inner.write(url, body, call);
    },
  };
  return { inner, pod };
}
