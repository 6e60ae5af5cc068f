export type { ExportFile, ExportInput } from './export/export-file.ts';
export { defaultLimits, type ExportLimits } from './export/limits.ts';
export type { SkippedFile } from './export/open-export.ts';
export { ImportError, type ImportErrorCode } from './import-error.ts';
export { importExport, type ImportOptions, type ImportTarget } from './import-export.ts';
export type { ImportPhase, ImportProgress } from './import-progress.ts';
export type { ImportReport, SignalReport } from './import-report.ts';
export { listPeople, type ExportOrigin } from './read-export.ts';
export { openSpoolFolder, type SpoolLimits, type UploadSpool } from './upload-spool.ts';
