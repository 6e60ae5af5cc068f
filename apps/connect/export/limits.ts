/** How much an export may take before it is refused, so that a hostile file cannot. */
export interface ExportLimits {
  /** Files in all, counted through folders and zips. */
  readonly maxFiles: number;
  /** Bytes of all files after inflating. */
  readonly maxTotalBytes: number;
  /** Inflated against packed bytes of one zip entry: text of numbers stays below 100. */
  readonly maxInflation: number;
  /** A zip inside a zip is inflated into memory. */
  readonly maxNestedZipBytes: number;
  readonly maxFolderDepth: number;
  readonly maxLineLength: number;
}

/** Room for years of per-second data of one person, or a study of minutes. */
export const defaultLimits: ExportLimits = {
  maxFiles: 20_000,
  maxTotalBytes: 8 * 1024 ** 3,
  maxInflation: 400,
  maxNestedZipBytes: 256 * 1024 ** 2,
  maxFolderDepth: 12,
  maxLineLength: 16_384,
};
