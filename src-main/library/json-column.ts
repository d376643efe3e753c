import type { z } from 'zod';

/** Text that holds JSON of one shape. A row that another version wrote otherwise is a broken promise and throws. */
export const jsonColumn = <Value>(schema: z.ZodType<Value>) => ({
  parse: (text: string): Value => schema.parse(JSON.parse(text)),
  write: (value: Value): string => JSON.stringify(value),
});
