/** The private file system of an origin and its caches, in memory: the members that are used of them. Empty before each test. */
import { beforeEach, vi } from 'vitest'

type Bytes = Uint8Array<ArrayBuffer>

export interface MemoryOrigin {
  /** Files by `folder/file`. */
  readonly disk: Map<string, Bytes>
  readonly cached: Map<string, Bytes>
  /** What files held when they were removed. */
  readonly removed: Bytes[]
}

export function memoryOrigin(): MemoryOrigin {
  const disk = new Map<string, Bytes>()
  const cached = new Map<string, Bytes>()
  const removed: Bytes[] = []
  const missing = (): never => {
    throw new DOMException('It is not there.', 'NotFoundError')
  }
  const folderOf = (name: string) => ({
    keys: () => [...disk.keys()].filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1)),
    removeEntry: async (file: string) => {
      removed.push(disk.get(`${name}/${file}`) ?? missing())
      disk.delete(`${name}/${file}`)
    },
    getFileHandle: async (file: string, { create = false } = {}) => {
      const path = `${name}/${file}`
      if (!disk.has(path)) create ? disk.set(path, new Uint8Array()) : missing()
      return {
        getFile: async () => new Blob([disk.get(path) ?? missing()]),
        createSyncAccessHandle: async () => ({
          write: (bytes: Uint8Array) => {
            disk.set(path, new Uint8Array(bytes))
            return bytes.length
          },
          truncate: () => undefined,
          getSize: () => disk.get(path)?.length ?? 0,
          flush: () => undefined,
          close: () => undefined,
        }),
      }
    },
  })

  beforeEach(() => {
    disk.clear()
    cached.clear()
    removed.length = 0
    vi.stubGlobal('navigator', {
      locks: { request: (_: string, __: object, act: () => Promise<unknown>) => act() },
      storage: { getDirectory: async () => ({ getDirectoryHandle: async (name: string) => folderOf(name) }) },
    })
    vi.stubGlobal('caches', {
      open: async () => ({
        keys: async () => [...cached.keys()].map((path) => ({ url: `http://127.0.0.1${path}` })),
        match: async (path: string) => (cached.has(path) ? new Response(cached.get(path)) : undefined),
        put: async (path: string, answer: Response) => void cached.set(path, new Uint8Array(await answer.arrayBuffer())),
        delete: async (path: string) => cached.delete(path),
      }),
    })
  })
  return { disk, cached, removed }
}
