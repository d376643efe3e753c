import { freemem } from 'node:os';
import type { Failure } from '#shared/protocol';

const OUT_OF_MEMORY = /bad_alloc|failed to allocate memory|allocation failed|out of memory/i;
const TOO_NEW = /opset (\d+) is under development[\s\S]*?till opset (\d+)/i;

/** What the runtime's error at loading `path` means. Its messages are English sentences without codes. */
export function failureOfLoading(error: unknown, path: string): Failure {
  const text = textOf(error);
  const [, opset, newest] = TOO_NEW.exec(text) ?? [];
  if (opset !== undefined) return { code: 'modelOpset', path, opset: Number(opset), newest: Number(newest) };
  return memoryFailure(text, path) ?? { code: 'modelRefused', path, reason: firstSentence(text) };
}

/** The same for an error while the model ran. */
export function failureOfRunning(error: unknown, path: string): Failure {
  const text = textOf(error);
  return memoryFailure(text, path) ?? { code: 'modelOutput', path, reason: firstSentence(text) };
}

const memoryFailure = (text: string, path: string): Failure | null =>
  OUT_OF_MEMORY.test(text) ? { code: 'modelMemory', path, freeBytes: freemem() } : null;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Without the runtime's own source places, and short enough for a dialog. */
const firstSentence = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replace(/^Load model from .*? failed: ?/i, '')
    .replaceAll(/\S*\/onnxruntime\/\S*/g, '')
    .trim()
    .slice(0, 240)
    .replace(/\.$/, '');
