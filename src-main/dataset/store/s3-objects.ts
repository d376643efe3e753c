import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { Failed, failureOfError, hashFile, networkReason } from '#main/platform';
import type { Objects } from './objects';
import type { S3Place } from './s3-address';

/** SHA-256 of nothing. */
const NO_BODY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Servers ask for patience by 429 and 5xx; each wait is four times as long as the one before. */
const TRIES = 5;
const FIRST_WAIT_MILLISECONDS = 100;

interface Ask {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Of the object; empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly path: string; readonly sha256: string };
}

/** A bucket, or a part of one, of any server that speaks the S3 protocol. */
export function s3Objects(place: S3Place): Objects {
  const { address, prefix } = place;
  /** One that never answered is not there; one that did will answer again. */
  let hasAnswered = false;
  const named = (name: string): string => `${address}/${name}`;

  const send = async ({ method, key, query = {}, body }: Ask, signal: AbortSignal): Promise<Response> => {
    const path = key.split('/').map(encodeURIComponent).join('/');
    const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
    const signed = await new AwsV4Signer({
      method,
      url: `${place.url}/${path}${search && `?${search}`}`,
      headers: { 'x-amz-content-sha256': body?.sha256 ?? NO_BODY },
      service: 's3',
      region: place.region,
      ...place.keys,
    }).sign();
    // A blob of a file is read as it is sent, and its length is known beforehand, which S3 demands.
    const content = body ? await openAsBlob(body.path) : null;
    return fetch(signed.url, { method, headers: signed.headers, body: content, signal });
  };

  /** The answer, unless it is an error; null where `key` is not there. */
  const ask = async (request: Ask, signal: AbortSignal): Promise<Response | null> => {
    for (let attempt = 1, wait = FIRST_WAIT_MILLISECONDS; ; attempt++, wait *= 4) {
      const isLast = attempt === TRIES;
      try {
        const response = await send(request, signal);
        hasAnswered = true;
        if (response.ok) return response;
        const { status } = response;
        const said = await saidBy(response);
        if (status === 404 && request.key !== '' && said.code !== 'NoSuchBucket') return null;
        if (isLast || (status < 500 && status !== 429)) throw refused(status, said);
      } catch (error) {
        signal.throwIfAborted();
        if (isLast || !hasAnswered || error instanceof Failed) throw asFailed(error);
      }
      await pause(wait, undefined, { signal });
    }
  };

  const refused = (status: number, { code, message }: Said): Failed => {
    if (code === 'NoSuchBucket') return new Failed({ code: 'notFound', path: address });
    const reason = `the server says ${[status, code, message].filter(Boolean).join(', ')}`;
    return new Failed(
      status === 401 || status === 403
        ? { code: 'unreadable', path: address, reason }
        : { code: 'unreachable', server: address, reason },
    );
  };

  const asFailed = (error: unknown): unknown =>
    error instanceof TypeError && error.message === 'fetch failed'
      ? new Failed({
          code: 'unreachable',
          server: `${address} at ${new URL(place.url).host}`,
          reason: networkReason(error),
        })
      : error;

  return {
    address,
    async check(signal) {
      await ask({ method: 'GET', key: '', query: { 'list-type': '2', 'max-keys': '1', prefix } }, signal);
    },
    async list(folder, signal) {
      const start = `${prefix}${folder}/`;
      const names: string[] = [];
      let more: string | null = '';
      while (more !== null) {
        const query = {
          'list-type': '2',
          prefix: start,
          delimiter: '/',
          ...(more && { 'continuation-token': more }),
        };
        const response: Response | null = await ask({ method: 'GET', key: '', query }, signal);
        const { keys, next } = parseList((await response?.text()) ?? '', named(folder));
        for (const key of keys) names.push(key.slice(start.length));
        more = next;
      }
      return names;
    },
    async has(name, signal) {
      return (await ask({ method: 'HEAD', key: prefix + name }, signal)) !== null;
    },
    async put(name, path, signal) {
      const sha256 = await hashFile(path, signal);
      await (await ask({ method: 'PUT', key: prefix + name, body: { path, sha256 } }, signal))?.text();
    },
    async get(name, path, signal) {
      const response = await ask({ method: 'GET', key: prefix + name }, signal);
      if (!response?.body) return false;
      try {
        await pipeline(Readable.fromWeb(response.body), createWriteStream(path), { signal });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof TypeError)
          throw new Failed({ code: 'unreachable', server: address, reason: networkReason(error) });
        throw new Failed(failureOfError(error, path, { neededBytes: 0 }));
      }
      return true;
    },
    async remove(name, signal) {
      await ask({ method: 'DELETE', key: prefix + name }, signal);
    },
  };
}

interface Said {
  readonly code: string;
  readonly message: string;
}

const XML = new XMLParser({ parseTagValue: false, isArray: name => name === 'Contents' });
const ErrorSchema = z.object({
  Error: z.object({ Code: z.string().default(''), Message: z.string().default('') }),
});
const ListSchema = z.object({
  ListBucketResult: z.object({
    Contents: z.array(z.object({ Key: z.string() })).default([]),
    NextContinuationToken: z.string().optional(),
  }),
});

/** Why a server refused, from the XML that it sends; nothing where it sends other things, or (HEAD) nothing at all. */
async function saidBy(response: Response): Promise<Said> {
  const parsed = ErrorSchema.safeParse(xmlOf(await response.text()));
  const { Code = '', Message = '' } = parsed.data?.Error ?? {};
  return { code: Code, message: Message.replace(/\.$/, '') };
}

function parseList(
  text: string,
  path: string,
): { readonly keys: readonly string[]; readonly next: string | null } {
  const parsed = ListSchema.safeParse(xmlOf(text));
  if (!parsed.success)
    throw new Failed({
      code: 'badFile',
      path,
      format: 'answer of an S3 server',
      problems: ['it lists nothing'],
    });
  const { Contents, NextContinuationToken } = parsed.data.ListBucketResult;
  return { keys: Contents.map(({ Key }) => Key), next: NextContinuationToken ?? null };
}

function xmlOf(text: string): unknown {
  try {
    return XML.parse(text);
  } catch {
    return null;
  }
}
