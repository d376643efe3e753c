import type { Separator } from '#shared/model';
import { z } from 'zod';

/** Where the parameters of jobs say with what to separate. */
const SeparatingSchema = z.looseObject({
  separator: z.string().optional(),
  separate: z.string().nullable().optional(),
  hearing: z.looseObject({ separator: z.string().optional() }).optional(),
});

/** A job's parameters with another separator; as they are where the job separates nothing. */
export function withSeparator(params: unknown, separator: Separator): unknown {
  const parsed = SeparatingSchema.safeParse(params);
  if (!parsed.success) return params;
  const { data } = parsed;
  return {
    ...data,
    ...('separator' in data ? { separator } : {}),
    ...(typeof data.separate === 'string' ? { separate: separator } : {}),
    ...(data.hearing ? { hearing: { ...data.hearing, separator } } : {}),
  };
}
