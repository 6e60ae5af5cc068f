import { PodError } from '../contract/index.ts';

/** Bounds for a body and what to do around it. */
export interface BodyLimits {
  readonly url: string;
  readonly maxBytes: number;
  /** Called after each part that arrived. */
  readonly onChunk?: () => void;
  /** Called when the body has ended, failed or was cancelled. */
  readonly onEnd?: () => void;
  /** Turns what the connection failed with into what the reader gets. */
  readonly mapError?: (error: unknown) => unknown;
}

/**
 * A copy of a response whose body fails with `POD_INVALID` past `maxBytes` (counted after
 * decompression). Nothing is buffered.
 */
export function limitBody(response: Response, limits: BodyLimits): Response {
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > limits.maxBytes) {
    void response.body?.cancel().catch(() => undefined);
    limits.onEnd?.();
    throw tooLong(limits);
  }
  if (response.body === null) limits.onEnd?.();
  const body = response.body === null ? null : limitStream(response.body, limits);
  const copy = new Response(body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
  Object.defineProperty(copy, 'url', { value: response.url });
  Object.defineProperty(copy, 'redirected', { value: response.redirected });
  return copy;
}

/** The stream form of {@link limitBody}. */
export function limitStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  limits: BodyLimits,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let seen = 0;
  const end = (): void => limits.onEnd?.();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const step = await reader.read().catch((error: unknown) => {
          end();
          throw limits.mapError?.(error) ?? error;
        });
        if (step.done) {
          end();
          controller.close();
          return;
        }
        limits.onChunk?.();
        seen += step.value.byteLength;
        if (seen > limits.maxBytes) {
          end();
          void reader.cancel().catch(() => undefined);
          throw tooLong(limits);
        }
        controller.enqueue(step.value);
      },
      async cancel(reason) {
        end();
        // Whoever cancels wants no more of it: that the rest could not come is no failure.
        await reader.cancel(reason).catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function tooLong({ url, maxBytes }: BodyLimits): PodError {
  return new PodError('POD_INVALID', `The answer is longer than ${maxBytes} bytes`, { url });
}
