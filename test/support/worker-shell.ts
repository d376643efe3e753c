import { forkWorker, openJobs } from '#main/jobs';
import { openLibrary } from '#main/library';
import { typingProgram } from '#test/typing-program';

/** A shell by itself: opens a library, runs one job in it and says what becomes of it. Arguments: folder, worker, params. */
const [folder = '', worker = '', params = '{}'] = process.argv.slice(2);

const opened = await openLibrary(folder);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const jobs = await openJobs({
  modelsFolder: 'native-models',
  library: opened.value,
  programs: { step: typingProgram },
  workerCount: 1,
  openProc: forkWorker(worker),
});
const id = await jobs.enqueue('step', 'From another process', JSON.parse(params));
process.stdout.write(`${id}\n`);
const job = await jobs.finish(id);
process.stdout.write(`${job.state}\n`);
await jobs.close();
await opened.value.close();
