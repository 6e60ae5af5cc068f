import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realDataFolder } from '../real-data-folder.ts';
import { dailyMeanFigures } from './daily-mean.ts';
import { report } from './figure.ts';
import { fitbitMonth } from './fitbit-month.ts';
import { importFigures } from './import-month.ts';
import { startBenchServer } from './server-process.ts';

const folder = await mkdtemp(join(tmpdir(), 'wellpod-bench-'));
const server = await startBenchServer(3);
try {
  const month = await fitbitMonth(folder, realDataFolder);
  const [first, ...others] = server.pods;
  if (first === undefined) throw new Error('the server has no pod');
  const figures = [
    ...(await importFigures([first, ...others], month)),
    ...(await dailyMeanFigures(first, month.origin)),
  ];
  const passed = figures.map(report);
  process.exitCode = passed.every(Boolean) ? 0 : 1;
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
