import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

export const say = text => console.log(`backbeat: ${text}`);

/** The project's own programs first, its Node among them. */
const withOwnPrograms = env => ({
  ...env,
  PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${env.PATH ?? ''}`,
});

/** Ends the script with a sentence instead of a stack. */
export class Trouble extends Error {}

/**
 * Runs a program in the project's folder to its end. `show` passes its output on; otherwise it is collected.
 * Signals sent to this script alone reach the program too; at a terminal the whole group has them already.
 */
export function run(command, args, { show = false, env = process.env, seconds = null, onLine = null } = {}) {
  return new Promise((resolve, reject) => {
    const piped = !show || onLine;
    const child = spawn(command, args, {
      cwd: ROOT,
      env: withOwnPrograms(env),
      stdio: ['inherit', piped ? 'pipe' : 'inherit', show ? 'inherit' : 'pipe'],
      // npm and other programs of Windows are .cmd files, which only a shell starts.
      shell: process.platform === 'win32' && !/[\\/]/.test(command),
    });
    let output = '';
    let line = '';
    child.stdout?.setEncoding('utf8').on('data', text => {
      output += text;
      if (!onLine) return;
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      for (const one of lines) onLine(one);
    });
    child.stderr?.setEncoding('utf8').on('data', text => {
      output += text;
    });
    const timer = seconds === null ? null : setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    const pass = signal => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    // A shell between npm and this script passes no signal on: it ends, and leaves this an orphan.
    const parent = process.ppid;
    const orphaned = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, 1000);
    const finish = () => {
      clearTimeout(timer);
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', error => {
      finish();
      reject(error);
    });
    child.on('close', (code, signal) => {
      finish();
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), signal, output });
    });
  });
}
