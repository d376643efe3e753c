export interface Shipped {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly source: string;
  readonly text: string;
}
/** Folders of the packages shipped as they are. */
export function unbundled(root: string): Set<string>;
export const ALLOWED_LICENCES: readonly string[];
export function shipped(root: string): Shipped[];
export function noticesText(root: string): string;
