import type { Response } from 'express';
import type { ImportJob } from './import-job.ts';
import { progressOf } from './job-progress.ts';

const betweenMs = 250;
const heartbeatMs = 15_000;

/**
 * Sends a job's progress as Server-Sent Events, at most four a second, until it needs somebody:
 * then one last event, and the page loads itself anew.
 */
export function sendJobEvents(job: ImportJob, response: Response): void {
  response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  let timer: NodeJS.Timeout | undefined;

  const send = (): void => {
    timer = undefined;
    const progress = progressOf(job);
    response.write(`data: ${JSON.stringify(progress)}\n\n`);
    if (progress.kind !== 'running') response.end();
  };
  const stopWatching = job.watch(() => {
    timer ??= setTimeout(send, betweenMs);
  });
  // Keeps proxies from taking a long silence for a dead connection.
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  response.once('close', () => {
    stopWatching();
    clearInterval(heartbeat);
    clearTimeout(timer);
  });
  send();
}
