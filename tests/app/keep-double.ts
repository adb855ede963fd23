/** Keeping without a browser: what a full disk refuses, and how often it was written to. Given to `vi.mock` in place of `workspace/keep.ts`
 * and `workspace/browser-store.ts`. */

export const disk = {
  /** Why nothing can be written now; null where it can. */
  trouble: null as string | null,
  writes: 0,
  keys: new Map<string, unknown>(),
}

export const keepDouble = {
  keepNow: async (): Promise<void> => {
    if (disk.trouble !== null) throw new Error(disk.trouble)
    disk.writes++
  },
  browserStore: async () => ({
    findKey: async (project: string, key: string) => disk.keys.get(`${project}/${key}`) ?? null,
    keepKey: async (project: string, key: string, kept: unknown) => void disk.keys.set(`${project}/${key}`, kept),
    keepSetting: async () => undefined,
  }),
}
