import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { HUB_URL, type Uploaded } from '#main/dataset/publish';
import { JobFailed, type JobProgram } from '#main/jobs';
import type { LaidOutDataset } from '#main/pipeline/publish-dataset';
import { DEFAULT_SPLIT, SPLIT_NAMES } from '#shared/dataset';
import { PUBLISH_LAYOUTS, type PublishRequest, PublishRequestSchema } from '#shared/protocol';
import { ENDPOINT_VARIABLE, type HubTokens, TOKEN_VARIABLE } from './hub-tokens';

/** What a publishing job is told; it is kept in the library, so no token is in it. */
const ParamsSchema = z.strictObject({
  dataset: z.string().min(1),
  layout: z.enum(PUBLISH_LAYOUTS),
  split: z.enum(SPLIT_NAMES),
  repo: PublishRequestSchema.shape.repo,
  isPrivate: z.boolean(),
  dryRun: z.boolean(),
  /** Where the layout goes; null: beside the dataset, or nowhere in a dry run. */
  folder: z.string().min(1).nullable(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  date: z.iso.date(),
  /** Handle of a token; null takes that of the environment. */
  token: z.string().nullable(),
});
type PublishParams = z.infer<typeof ParamsSchema>;

/** What a publishing job answers. */
export interface PublishedDataset {
  readonly layout: PublishParams['layout'];
  /** null in a dry run that wrote nothing. */
  readonly folder: string | null;
  readonly repo: string | null;
  readonly dry_run: boolean;
  readonly rows: LaidOutDataset['publication']['rows'];
  readonly left_out: number;
  readonly bytes: number;
  readonly file_count: number;
  /** All of them in a dry run, up to a limit; else none: `publication.json` names them. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  readonly uploaded: Uploaded | null;
}

/** What is told one by one: folders of audio have as many files as samples. */
const MOST_FILES = 2000;
const WEIGHTS = { layOut: 1, upload: 4 };

/** A dataset in a layout of the hub, and on the hub where it is asked for. */
export function publishDatasetProgram(tokens: HubTokens): JobProgram {
  return async (call, params) => {
    const { token: handle, isPrivate, dryRun, ...request } = ParamsSchema.parse(params);
    const { dataset, layout, repo } = request;
    const sends = repo !== null && !dryRun;
    // Asked for first: nobody should wait an hour to hear that it is missing.
    const access = sends ? accessOf(tokens, handle) : null;
    const folder =
      request.folder ?? (dryRun ? null : join(dirname(dataset), `${basename(dataset)}-${layout}`));
    call.plan(sends ? 2 : 1, WEIGHTS.layOut + (sends ? WEIGHTS.upload : 0));
    const { values } = await call.stage<LaidOutDataset>(
      'lay-out-dataset',
      { ...request, folder },
      { title: 'Laying the dataset out', weight: WEIGHTS.layOut, uncached: true },
    );
    const uploaded =
      access && folder !== null
        ? await call.stage<Uploaded>(
            'upload-dataset',
            { folder, repo, isPrivate, ...access },
            { title: 'Sending the dataset', weight: WEIGHTS.upload, uncached: true },
          )
        : null;
    const { publication, list } = values;
    const files = [...publication.files, list];
    const data: PublishedDataset = {
      layout,
      folder,
      repo,
      dry_run: dryRun,
      rows: publication.rows,
      left_out: publication.left_out,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      file_count: files.length,
      files: dryRun ? files.slice(0, MOST_FILES) : [],
      uploaded: uploaded?.values ?? null,
    };
    return { files: folder === null ? [] : [await cardIn(folder)], made: {}, data };
  };
}

/** Token and address; a token goes to nobody who could read it on the way. */
function accessOf(
  tokens: HubTokens,
  handle: string | null,
): { readonly token: string; readonly hubUrl: string } {
  const token = tokens.of(handle);
  if (token === null || !token.startsWith('hf_'))
    throw new JobFailed({
      code: 'badOption',
      option: TOKEN_VARIABLE,
      value: token === null ? 'not set' : 'something else',
      wanted: 'an access token of the hub that may write (hf_...)',
    });
  const hubUrl = tokens.endpoint(HUB_URL);
  if (!isSafe(hubUrl))
    throw new JobFailed({
      code: 'badOption',
      option: ENDPOINT_VARIABLE,
      value: hubUrl,
      wanted: 'an https address',
    });
  return { token, hubUrl };
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

async function cardIn(folder: string) {
  const path = join(folder, 'README.md');
  return { kind: 'dataset-card', name: basename(path), path, bytes: (await stat(path)).size };
}

/** Today's parameters of a job that publishes the dataset in `folder`; `token` is a handle. */
export const publishParams = (
  folder: string,
  { layout, repo, isPrivate, dryRun }: Omit<PublishRequest, 'runId' | 'token'>,
  today: Date,
  token: string | null,
): PublishParams => ({
  dataset: resolve(folder),
  layout,
  split: DEFAULT_SPLIT,
  repo,
  isPrivate,
  dryRun,
  folder: null,
  version: '1.0.0',
  date: today.toISOString().slice(0, 10),
  token,
});
