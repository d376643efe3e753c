import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

/** Where a bucket is, and who asks. */
export interface S3Place {
  /** `s3://bucket/prefix`, for messages. */
  readonly address: string;
  /** Of the bucket, without a slash at its end. */
  readonly url: string;
  /** Before each name; ends with a slash unless it is empty. */
  readonly prefix: string;
  readonly region: string;
  readonly keys: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export type Environment = Readonly<Record<string, string | undefined>>;

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** `s3://bucket/prefix` with what the environment says of server, region and keys: the names are those of AWS's own tools. */
export function s3Place(address: string, environment: Environment): Result<S3Place, Failure> {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(address) ?? [];
  if (!BUCKET.test(bucket))
    return badOption('--store', address, 's3://bucket or s3://bucket/prefix with the name of a bucket');
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const missing = accessKeyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID';
  if (!accessKeyId || !secretAccessKey)
    return badOption(missing, 'not set', `set in the environment to use ${address}`);
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1';
  const url = bucketUrl(
    bucket,
    region,
    environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'],
  );
  if (!url.ok) return url;
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  const folders = path.split('/').filter(Boolean);
  return ok({
    address: ['s3:/', bucket, ...folders].join('/'),
    url: url.value,
    prefix: folders.map(folder => `${folder}/`).join(''),
    region,
    keys: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  });
}

/** AWS wants the bucket in the host's name, where no certificate covers one with a dot; other servers want it in the path. */
function bucketUrl(bucket: string, region: string, endpoint: string | undefined): Result<string, Failure> {
  if (!endpoint)
    return ok(
      bucket.includes('.')
        ? `https://s3.${region}.amazonaws.com/${bucket}`
        : `https://${bucket}.s3.${region}.amazonaws.com`,
    );
  const isUrl = URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol);
  return isUrl
    ? ok(`${endpoint.replace(/\/+$/, '')}/${bucket}`)
    : badOption('AWS_ENDPOINT_URL', endpoint, 'an address that begins with http:// or https://');
}

const badOption = (option: string, value: string, wanted: string): Result<never, Failure> =>
  fail({ code: 'badOption', option, value, wanted });
