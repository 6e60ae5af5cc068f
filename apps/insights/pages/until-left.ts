import type { Response } from 'express';

/** Works for one page, under a signal that aborts when its reader leaves before the answer. */
export async function untilLeft<Result>(
  response: Response,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  response.once('close', leave);
  try {
    return await work(left.signal);
  } finally {
    response.off('close', leave);
  }
}
