import type { z } from 'zod';

/**
 * Text that holds JSON of one shape. A row that another version wrote otherwise is a broken promise and throws. Rows of
 * one query often hold the same text (nothing, no progress): it is parsed once, so values are not to be written to.
 */
export function jsonColumn<Value>(schema: z.ZodType<Value>) {
  let last: { readonly text: string; readonly value: Value } | null = null;
  return {
    parse(text: string): Value {
      if (last?.text !== text) last = { text, value: schema.parse(JSON.parse(text)) };
      return last.value;
    },
    write: (value: Value): string => JSON.stringify(value),
  };
}
