export function findElectron(
  folder?: string,
  environment?: Readonly<Record<string, string | undefined>>,
): string | null;
export function hasDisplay(
  platform?: string,
  environment?: Readonly<Record<string, string | undefined>>,
): boolean;
export function electronOrReason(node: string): Promise<string | null>;
