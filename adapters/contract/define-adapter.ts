import { PodError } from './errors.ts';
import type { Capabilities, PodAdapter, WriteOptions } from './pod-adapter.ts';

/**
 * Completes a partial adapter: what it leaves out fails as `POD_UNSUPPORTED`, and a
 * precondition the host cannot honour is refused instead of being silently ignored.
 */
export function defineAdapter(
  partial: Pick<
    PodAdapter,
    'host' | 'capabilities' | 'read' | 'write' | 'remove' | 'list' | 'querySource'
  > &
    Partial<PodAdapter>,
): PodAdapter {
  const unsupported = (operation: string): PodError =>
    new PodError('POD_UNSUPPORTED', `${partial.host} does not support ${operation}`);

  return {
    readIfChanged: (url, _etag, options) => partial.read(url, options),
    access: () => Promise.reject(unsupported('access control')),
    setAccess: () => Promise.reject(unsupported('access control')),
    // oxlint-disable-next-line require-yield
    watch: async function* () {
      throw unsupported('notifications');
    },
    close: () => Promise.resolve(),
    ...partial,
    contract: 1,
    async write(url, body, options = {}) {
      const missing = unmetPrecondition(partial.capabilities, options);
      if (missing !== undefined) throw unsupported(missing);
      return partial.write(url, body, options);
    },
  };
}

function unmetPrecondition(can: Capabilities, options: WriteOptions): string | undefined {
  if (options.ifMatch !== undefined && !can.writeIfMatch) return 'writing with If-Match';
  if (options.ifAbsent === true && !can.writeIfAbsent) return 'writing with If-None-Match: *';
  return undefined;
}
