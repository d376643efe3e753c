import { permissions, dialogAnswers } from './answers.ts';
import { app, browser } from './app.ts';
import { type Report, report } from './report.ts';
import { windows } from './window.ts';

/** What a test asks of the double, over the process's own channel; each is answered. */
export type Command =
  | { readonly ask: 'report' }
  /** Where a second DevTools client connects. */
  | { readonly ask: 'endpoint' }
  /** What the permission handlers say. */
  | { readonly ask: 'permission'; readonly permission: string; readonly url: string }
  | { readonly ask: 'next-dialog'; readonly paths: string[] }
  | { readonly ask: 'app-event'; readonly event: 'second-instance' | 'activate' }
  /** An IPC message as though a frame showing `frameUrl`, the top one or not, had sent it; null is a frame that is gone. */
  | {
      readonly ask: 'forge';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly frameUrl: string | null;
      readonly isTop: boolean;
    }
  | { readonly ask: 'set-path'; readonly name: string; readonly path: string }
  | { readonly ask: 'close-window' }
  | { readonly ask: 'quit' };

export interface Answers {
  report: Report;
  endpoint: string;
  permission: { readonly request: boolean; readonly check: boolean };
  /** What the handler answered, or its error. */
  forge: { readonly error: string } | { readonly value: unknown };
}

const onlyWindow = () => {
  const [window] = windows;
  if (!window) throw new Error('no window is open');
  return window;
};

async function perform(command: Command): Promise<unknown> {
  switch (command.ask) {
    case 'report':
      return report;
    case 'endpoint':
      await app.whenReady();
      return browser().endpoint;
    case 'permission': {
      let isAllowed = false;
      const decide = (answer: boolean): void => {
        isAllowed = answer;
      };
      permissions.request({}, command.permission, decide, { requestingUrl: command.url });
      return { request: isAllowed, check: permissions.check({}, command.permission, command.url) };
    }
    case 'next-dialog':
      return dialogAnswers.push(command.paths);
    case 'app-event':
      return app.emit(command.event);
    case 'forge': {
      const window = onlyWindow();
      const parent = command.isTop ? null : { url: command.frameUrl ?? '', parent: null };
      const frame = command.frameUrl === null ? null : { url: command.frameUrl, parent };
      return window.tryReceive(command.channel, command.args, frame);
    }
    case 'set-path':
      return onlyWindow().page.setPath(command.name, command.path);
    case 'close-window':
      return onlyWindow().page.close();
    case 'quit':
      return app.quit();
  }
}

/** Answers the test that started this process, if one did. */
export function answerTests(): void {
  process.on('message', (message: { readonly id: number; readonly command: Command }) => {
    perform(message.command).then(
      value => process.send?.({ id: message.id, value }),
      (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
    );
  });
  // The test is gone: so is the program.
  process.on('disconnect', () => process.exit(0));
}
