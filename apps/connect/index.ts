export type { ExportInput } from './export/export-file.ts';
export { ImportError } from './import-error.ts';
export { importExport, type ImportOptions, type ImportTarget } from './import-export.ts';
export type { ImportPhase, ImportProgress } from './import-progress.ts';
export type { ImportReport } from './import-report.ts';
export { importTargetOf } from './import-target.ts';
export { machineTimeZone } from './local-time.ts';
export { listPeople } from './read-export.ts';
export { openSpoolFolder, type SpoolLimits, type UploadSpool } from './upload-spool.ts';
