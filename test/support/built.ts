import { ensureBuilt } from '../../scripts/launch/set-up.mjs';

/** For projects that run the built program: builds it first where it is missing or older than its sources. */
export const setup = (): Promise<void> => ensureBuilt(process.execPath);
