export function isInstalled(folder?: string): boolean;
export function ensureBuilt(node: string): Promise<void>;
export function setUp(): Promise<string>;
