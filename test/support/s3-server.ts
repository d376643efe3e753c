import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface S3Server {
  /** What a program of the user's is told of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** By `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** The next requests are answered by "slow down". */
  slowDown(requests: number): void;
}

const ACCESS_KEY = 'AKIDEXAMPLE';
const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const REGION = 'eu-test-1';
/** Small, so that a list comes in pages. */
const PAGE = 2;

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

interface Answer {
  readonly status: number;
  readonly body?: Buffer | string;
}

const refused = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}.</Message></Error>`,
});

/** Speaks as much of the S3 protocol as a store of parts needs, for one bucket, and believes nobody whose signature (version 4) is wrong. */
export async function s3Server(bucket: string): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  let slow = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray());
      const { status, body: said = '' } =
        slow-- > 0 ? refused(503, 'SlowDown', 'Reduce your request rate') : answer(request, body);
      response.writeHead(status, { 'content-length': Buffer.byteLength(said) });
      response.end(request.method === 'HEAD' ? undefined : said);
    })();
  });

  const answer = (request: IncomingMessage, body: Buffer): Answer => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const wrong = wrongSignature(request, url, body);
    if (wrong !== null) return refused(403, 'SignatureDoesNotMatch', wrong);
    const [, asked = '', key = ''] = /^\/([^/]*)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    if (asked !== bucket) return refused(404, 'NoSuchBucket', 'The specified bucket does not exist');
    if (key === '')
      return request.method === 'GET' ? listed(url.searchParams) : refused(405, 'MethodNotAllowed', '');
    const name = `${bucket}/${key}`;
    const found = objects.get(name);
    switch (request.method) {
      case 'PUT':
        if (request.headers['content-length'] !== String(body.length))
          return refused(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header');
        objects.set(name, body);
        return { status: 200 };
      case 'DELETE':
        objects.delete(name);
        return { status: 204 };
      case 'GET':
      case 'HEAD':
        return found
          ? { status: 200, body: found }
          : refused(404, 'NoSuchKey', 'The specified key does not exist');
      default:
        return refused(405, 'MethodNotAllowed', '');
    }
  };

  const listed = (query: URLSearchParams): Answer => {
    const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
    const after = query.get('continuation-token') ?? '';
    const names = [...objects.keys()]
      .filter(name => name.startsWith(prefix) && name > after)
      .filter(name => query.get('delimiter') !== '/' || !name.slice(prefix.length).includes('/'))
      .sort();
    const page = names.slice(0, PAGE);
    const contents = page.map(
      name => `<Contents><Key>${escaped(name.slice(bucket.length + 1))}</Key></Contents>`,
    );
    const next =
      names.length > PAGE ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
    return {
      status: 200,
      body: `<?xml version="1.0"?><ListBucketResult>${contents.join('')}${next}</ListBucketResult>`,
    };
  };

  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    },
    objects,
    slowDown: requests => {
      slow = requests;
    },
  };
}

/** Why the signature is not the one that AWS's documents ask for; null when it is. */
function wrongSignature({ method = '', headers }: IncomingMessage, url: URL, body: Buffer): string | null {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!said) return 'The request is not signed';
  const [, credential = '', names = '', signature = ''] = said;
  const header = (name: string): string => String(headers[name] ?? '');
  const [time, payload] = [header('x-amz-date'), header('x-amz-content-sha256')];
  const scope = [time.slice(0, 8), REGION, 's3', 'aws4_request'].join('/');
  if (credential !== `${ACCESS_KEY}/${scope}`) return `The credential is ${credential}`;
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.split(';').includes(needed)) return `${needed} is not signed`;
  if (payload !== sha256(body)) return 'The body is not the one that was signed';
  const query = [...url.searchParams].map(pair => pair.map(encoded).join('=')).sort();
  const canonical = [
    method,
    decodeURIComponent(url.pathname).split('/').map(encoded).join('/'),
    query.join('&'),
    ...names.split(';').map(name => `${name}:${header(name).trim().replace(/\s+/g, ' ')}`),
    '',
    names,
    payload,
  ].join('\n');
  const key = [REGION, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${SECRET_KEY}`, time.slice(0, 8)));
  const right = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n'));
  return timingSafeEqual(right, Buffer.from(signature, 'hex')) ? null : 'The signature is another';
}
