import { z } from 'zod';
import { count, fileSize, grouped } from '#renderer/ui';

/** What the job that publishes answers. */
const PublishedSchema = z.object({
  dry_run: z.boolean(),
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
  file_count: z.number(),
  bytes: z.number(),
  rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  left_out: z.number(),
  folder: z.string().nullable(),
  repo: z.string().nullable(),
  uploaded: z
    .object({ url: z.string(), committed: z.number(), unchanged: z.number(), removed: z.number() })
    .nullable(),
});

/** The files that were, or would be, sent, and how many samples each split has. */
export function PublishOutcome({ data }: { readonly data: unknown }) {
  const parsed = PublishedSchema.safeParse(data);
  if (!parsed.success) return null;
  const { dry_run, files, file_count, bytes, rows, left_out, folder, repo, uploaded } = parsed.data;
  const what = `${count(file_count, 'file')}, ${fileSize(bytes)}`;
  return (
    <div className="flex flex-col gap-2">
      <p className="type-strong">
        {uploaded
          ? `Published: ${what}`
          : dry_run
            ? `Would be ${repo === null ? 'written' : `sent to ${repo}`}: ${what}`
            : `Written: ${what}`}
      </p>
      <p className="text-ink-2">
        {grouped(rows.train)} samples to train, {grouped(rows.validation)} to validate, {grouped(rows.test)}{' '}
        to test
        {left_out > 0 ? `, ${grouped(left_out)} in no list` : ''}. {dry_run ? 'Nothing was sent.' : ''}
      </p>
      {uploaded ? (
        <p>
          <a
            href={uploaded.url}
            target="_blank"
            rel="noreferrer"
            className="focus-ring rounded-r1 text-info underline"
          >
            {uploaded.url}
          </a>
          <span className="text-ink-3">
            {' '}
            {uploaded.committed} sent, {uploaded.unchanged} were there, {uploaded.removed} taken away
          </span>
        </p>
      ) : null}
      {folder === null ? null : <p className="type-mono break-all text-ink-2 select-text">{folder}</p>}
      <table aria-label="Files" className="w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          {files.map(file => (
            <tr key={file.path} className="h-6 border-t border-line">
              <td className="type-mono select-text">{file.path}</td>
              <td className="w-24 text-right text-ink-3">{fileSize(file.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {files.length < file_count ? (
        <p className="text-ink-3">and {grouped(file_count - files.length)} more</p>
      ) : null}
    </div>
  );
}
