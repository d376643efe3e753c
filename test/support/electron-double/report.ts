/** What the double saw the program do; a test asks for it. Plain data. */
export interface Report {
  /** `webPreferences` of every window made. */
  windows: Record<string, unknown>[];
  sandboxEnabled: boolean;
  schemes: unknown[];
  openedExternally: string[];
  /** Files shown in the file manager. */
  revealed: string[];
  drags: unknown[];
  menuLabels: string[];
  /** Power save blockers that are on, and how many there ever were. */
  blockers: number[];
  blockersStarted: number;
  dialogs: unknown[];
  errorBoxes: string[];
  /** Process ids of the utility processes that run, and how many were ever started. */
  workers: number[];
  workersStarted: number;
  deniedNavigations: string[];
  deniedPopups: string[];
  /** Anything that went wrong in a page or a handler. */
  problems: string[];
}

export const report: Report = {
  windows: [],
  sandboxEnabled: false,
  schemes: [],
  openedExternally: [],
  revealed: [],
  drags: [],
  menuLabels: [],
  blockers: [],
  blockersStarted: 0,
  dialogs: [],
  errorBoxes: [],
  workers: [],
  workersStarted: 0,
  deniedNavigations: [],
  deniedPopups: [],
  problems: [],
};
