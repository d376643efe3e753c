/** Files by name, each there whole or not at all. What fails throws `Failed`; nothing is changed once it is there. */
export interface Objects {
  /** As messages name it. */
  readonly address: string;
  /** That it is there and may be read. */
  check(signal: AbortSignal): Promise<void>;
  /** Names of the files right in a folder, without it. */
  list(folder: string, signal: AbortSignal): Promise<readonly string[]>;
  has(name: string, signal: AbortSignal): Promise<boolean>;
  /** Sends the file at `path` under a name; one that was there gives way. */
  put(name: string, path: string, signal: AbortSignal): Promise<void>;
  /** Writes it to `path`, whose folder is there; false when there is none of that name. */
  get(name: string, path: string, signal: AbortSignal): Promise<boolean>;
  /** One that is not there is gone already. */
  remove(name: string, signal: AbortSignal): Promise<void>;
}
