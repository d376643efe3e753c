import { explain, type Failure, FailureSchema } from '#shared/protocol';
import { z } from 'zod';

/** Where the web host keeps what a browser sent: the user never chose that folder and need not read it. */
const UPLOADED = /[\\/]uploads[\\/][^\\/]+[\\/]/;

/** The user's sentence, with the file as they know it. */
export function tell(failure: Failure): string {
  if (!('path' in failure) || !UPLOADED.test(failure.path)) return explain(failure);
  return explain({ ...failure, path: failure.path.split(/[\\/]/).at(-1) ?? failure.path });
}

const CarriedSchema = z.object({ data: z.object({ failure: FailureSchema }) });

/** The expected failure that an answer of the studio carries; null for anything else that was thrown. */
export const failureIn = (error: unknown): Failure | null =>
  CarriedSchema.safeParse(error).data?.data.failure ?? null;
