/** Finds a file that a browser sent: where it lies and what the user calls it; null when there is none of that id. */
export type ResolveUpload = (id: string) => { readonly path: string; readonly name: string } | null;
