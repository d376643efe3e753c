import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Cancelled, FileRefSchema, type Stage } from '#main/pipeline/stage';
import { fail, ok } from '#shared/base';

/** Writes its text in `turns` pieces, `pauseMs` apart: a stage whose pace a test can choose. */
const typeStage = {
  name: 'type',
  title: 'Typing',
  version: 1,
  input: z.object({
    text: z.string(),
    turns: z.number().int().min(1),
    pauseMs: z.number(),
    from: FileRefSchema.nullable().default(null),
  }),
  async run({ text, turns, pauseMs }, { signal, folder, report }) {
    let written = '';
    for (let turn = 0; turn < turns; turn++) {
      if (signal.aborted) throw new Cancelled('cancelled');
      written += `${turn} ${text}\n`;
      await writeFile(join(folder, 'text.txt'), written);
      report((turn + 1) / turns, `${turn + 1} lines`);
      await pause(pauseMs);
    }
    return ok({ values: { turns, missing: undefined }, files: { text: 'text.txt' } });
  },
} satisfies Stage<{ text: string; turns: number; pauseMs: number; from: unknown }, unknown>;

const anything = z.object({});

/** Hears nothing, neither cancellation nor the clock: a loop that never ends. */
const hangStage: Stage<object, null> = {
  name: 'hang',
  title: 'Hanging',
  version: 1,
  input: anything,
  run() {
    for (;;) Math.sqrt(2);
  },
};

/** Works on and on, and looks at no signal. */
const deafStage: Stage<object, null> = {
  name: 'deaf',
  title: 'Not listening',
  version: 1,
  input: anything,
  async run(_input, { report }) {
    for (let turn = 0; turn < 1e9; turn++) {
      report(turn / 1e9);
      await pause(20);
    }
    return ok({ values: null, files: {} });
  },
};

const refuseStage: Stage<object, null> = {
  name: 'refuse',
  title: 'Refusing',
  version: 1,
  input: anything,
  run: async () => fail({ code: 'silent', path: 'song.wav', peakDecibels: -90 }),
};

const crashStage: Stage<object, null> = {
  name: 'crash',
  title: 'Crashing',
  version: 1,
  input: anything,
  run: async () => {
    throw new TypeError('a bug of the test');
  },
};

/** Ends its process with a word on stderr, as a native library does. */
const exitStage: Stage<object, null> = {
  name: 'exit',
  title: 'Leaving',
  version: 1,
  input: anything,
  async run() {
    process.stderr.write('RangeError: out of everything\n');
    process.exit(7);
  },
};

/** Writes to a device that is always full. */
const fullDiskStage: Stage<object, null> = {
  name: 'full-disk',
  title: 'Filling the disk',
  version: 1,
  input: anything,
  async run() {
    await writeFile('/dev/full', 'x');
    return ok({ values: null, files: {} });
  },
};

export const TEST_STAGES = [
  typeStage,
  hangStage,
  deafStage,
  refuseStage,
  crashStage,
  exitStage,
  fullDiskStage,
];
