import { resolve } from 'node:path';
import { attempt } from '#main/platform';
import { ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { folderObjects } from './folder-objects';
import type { Objects } from './objects';
import { type Environment, s3Place } from './s3-address';
import { s3Objects } from './s3-objects';

/** A store by its address: `s3://bucket/prefix`, else a folder. Fails unless it is there. */
export async function openObjects(
  address: string,
  signal: AbortSignal,
  environment: Environment = process.env,
): Promise<Result<Objects, Failure>> {
  const opened = objectsOf(address, environment);
  if (!opened.ok) return opened;
  const objects = opened.value;
  return attempt(address, async () => {
    await objects.check(signal);
    return objects;
  });
}

function objectsOf(address: string, environment: Environment): Result<Objects, Failure> {
  if (!address.startsWith('s3:')) return ok(folderObjects(resolve(address)));
  const place = s3Place(address, environment);
  return place.ok ? ok(s3Objects(place.value)) : place;
}
