import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface AppFolders {
  /** Database, artefacts and logs. */
  readonly library: string;
  readonly logs: string;
  /** Where exports go unless the user chooses a folder. */
  readonly exports: string;
}

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  home: homedir(),
  environment: process.env,
});

/** Where Backbeat keeps its things: BACKBEAT_HOME when set, else what the operating system's convention says. */
export function appFolders(machine: Machine = thisMachine()): AppFolders {
  const own = machine.environment['BACKBEAT_HOME'];
  const library = own ? resolve(own) : conventionalFolder(machine);
  return { library, logs: join(library, 'logs'), exports: join(library, 'exports') };
}

function conventionalFolder({ platform, home, environment }: Machine): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Backbeat');
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Backbeat');
    default: {
      // The XDG specification says to ignore a relative path.
      const data = environment['XDG_DATA_HOME'];
      return join(data?.startsWith('/') ? data : join(home, '.local', 'share'), 'backbeat');
    }
  }
}
