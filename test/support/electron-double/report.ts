/** What the double saw the program do; a test asks for it. Plain data. */
export interface Report {
  /** `webPreferences` of every window made. */
  windows: Record<string, unknown>[];
  sandboxEnabled: boolean;
  schemes: unknown[];
  openedExternally: string[];
  drags: unknown[];
  menuLabels: string[];
  /** Power save blockers that are on. */
  blockers: number[];
  dialogs: unknown[];
  errorBoxes: string[];
  /** Process ids of the utility processes that run. */
  workers: number[];
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
  drags: [],
  menuLabels: [],
  blockers: [],
  dialogs: [],
  errorBoxes: [],
  workers: [],
  deniedNavigations: [],
  deniedPopups: [],
  problems: [],
};
