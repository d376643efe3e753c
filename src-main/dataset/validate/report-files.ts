import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, writeFileWhole } from '#main/platform';
import { reportPage, type ValidationReport, ValidationReportSchema } from '#shared/dataset';

/** Beside the dataset, and not in its manifest: looking at a dataset does not change it. */
export const REPORT_JSON = 'validation/report.json';
export const REPORT_PAGE = 'validation/report.html';

/** Writes a report into its dataset, each file whole. Throws `Failed` where it cannot be written. */
export async function writeReport(folder: string, report: ValidationReport): Promise<void> {
  await writeFileWhole(join(folder, REPORT_PAGE), reportPage(report));
  await writeFileWhole(join(folder, REPORT_JSON), `${JSON.stringify(report, null, 1)}\n`);
}

/** The last report of a dataset; null before the first, and when the dataset is another by now. */
export async function readReport(folder: string): Promise<ValidationReport | null> {
  try {
    const parsed = ValidationReportSchema.safeParse(
      JSON.parse(await readFile(join(folder, REPORT_JSON), 'utf8')),
    );
    if (!parsed.success) return null;
    const manifest = await hashFile(join(folder, 'manifest.json'));
    return parsed.data.dataset.manifest_sha256 === manifest ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'syscall' in error)) return null;
    throw error;
  }
}
