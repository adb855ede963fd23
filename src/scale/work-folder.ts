/**
 * Where a spread run is kept: a folder or a bucket. It alone says what is done; a queue may be lost.
 *
 * `plan.json` the plan · `parts/` what tasks found, no cell · `shuffle/` rows on their way to another task, encrypted · `attempts/` a file
 * per start of a task · `alive/` signs of a long task · `done/` a file per task that ended · `cancelled` where the run was called off.
 */
export interface WorkFolder {
  /** Path or address, for a person. */
  readonly where: string
  /** False where the key of a run may not lie beside its rows: then each process is given it. */
  readonly keepsKey: boolean
  /** Null where there is no such file. */
  read(name: string): Promise<Uint8Array | null>
  /** Bytes `from` (inclusive) to `to` (exclusive) of a file that is there. */
  slice(name: string, from: number, to: number): Promise<Uint8Array>
  /**
   * Writes a file whole or not at all, readable for its owner alone. False where it was there already: it stays as it is, since whoever
   * does a task again writes the same.
   */
  write(name: string, bytes: Uint8Array): Promise<boolean>
  /** Names of all files that begin with the prefix, in order. */
  list(prefix: string): Promise<string[]>
  /** When the last of these files was written, in milliseconds since 1970; null where there is none. */
  newest(prefix: string): Promise<number | null>
  /** Removes the file of exactly this name, or all of a folder whose name ends with a slash; unfinished files of them included. */
  remove(name: string): Promise<void>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Null where there is no such file, or where it is not JSON. */
export async function readJson(folder: WorkFolder, name: string): Promise<unknown> {
  const bytes = await folder.read(name)
  try {
    return bytes === null ? null : JSON.parse(decoder.decode(bytes))
  } catch {
    return null
  }
}

export async function writeJson(folder: WorkFolder, name: string, value: unknown): Promise<boolean> {
  return await folder.write(name, encoder.encode(`${JSON.stringify(value)}\n`))
}
