export type Sniffed = { kind: 'audio' } | { kind: 'other'; looksLike: string };
export declare function sniffFile(path: string): Promise<Sniffed>;
