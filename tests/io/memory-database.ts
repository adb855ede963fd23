/** The database of projects in memory, with transactions that are done wholly or not at all, one after the other, and faults at a chosen write. */

type Rows = Map<string, unknown>
const names = ['projects', 'segments', 'files', 'keys', 'settings'] as const
type StoreName = (typeof names)[number]

export class MemoryDatabase {
  readonly rows: Record<StoreName, Rows> = {
    projects: new Map(),
    segments: new Map(),
    files: new Map(),
    keys: new Map(),
    settings: new Map(),
  }
  /** Called before each write with its number since the start; may throw. */
  fault: (write: number) => void = () => undefined
  writes = 0
  /** How long a request takes, in turns of the event loop. */
  pause: () => number = () => 0
  private last: Promise<unknown> = Promise.resolve()

  private text(name: StoreName, key: unknown): string {
    return typeof key === 'string' && name === 'projects' ? key : JSON.stringify(key)
  }

  private async wait(): Promise<void> {
    for (let left = this.pause(); left > 0; left--) await new Promise((resolve) => setImmediate(resolve))
  }

  private store(name: StoreName, rows: () => Rows) {
    const sorted = (): [string, unknown][] => [...rows()].sort(([a], [b]) => (a < b ? -1 : 1))
    const write = async (change: () => void): Promise<void> => {
      this.fault(++this.writes)
      await this.wait()
      change()
    }
    return {
      get: async (key: unknown) => {
        await this.wait()
        return rows().get(this.text(name, key))
      },
      getAll: async () => sorted().map(([, value]) => value),
      getAllKeys: async () => sorted().map(([key]) => (name === 'projects' ? key : JSON.parse(key))),
      put: (value: unknown, key?: unknown) =>
        write(() => {
          const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : key
          rows().set(this.text(name, name === 'projects' ? id : key), value)
        }),
      delete: (key: unknown) =>
        write(() => {
          if (key === 'all') rows().clear()
          else rows().delete(this.text(name, key))
        }),
    }
  }

  transaction(list: StoreName | readonly StoreName[]) {
    const stores = typeof list === 'string' ? [list] : list
    const before = this.last
    let settle: (how: 'done' | 'aborted') => void = () => undefined
    const over = new Promise<'done' | 'aborted'>((resolve) => {
      settle = resolve
    })
    const own: Partial<Record<StoreName, Rows>> = {}
    /** Its own view begins when the transactions before it are over. */
    const begun = before.then(() => {
      for (const name of stores) own[name] = new Map(this.rows[name])
    })
    let [asked, error]: [number, Error | null] = [0, null]
    const counted =
      <T extends unknown[], R>(work: (...given: T) => Promise<R>) =>
      async (...given: T): Promise<R> => {
        asked++
        try {
          await begun
          return await work(...given)
        } catch (why) {
          error = why instanceof Error ? why : new Error(String(why))
          throw why
        } finally {
          // A transaction without requests completes by itself.
          setTimeout(() => {
            if (--asked === 0) settle(error ? 'aborted' : 'done')
          }, 0)
        }
      }
    const objectStore = (name: StoreName) => {
      const store = this.store(name, () => own[name] ?? new Map())
      return {
        get: counted(store.get),
        put: counted(store.put),
        delete: counted(store.delete),
        getAll: counted(store.getAll),
        getAllKeys: counted(store.getAllKeys),
      }
    }
    const done = over.then((how) => {
      if (how === 'aborted') throw error ?? new DOMException('Given up.', 'AbortError')
      for (const name of stores) Object.assign(this.rows, { [name]: own[name] ?? this.rows[name] })
    })
    this.last = done.catch(() => undefined)
    const [first = 'projects'] = stores
    return {
      objectStore,
      store: objectStore(first),
      done,
      abort: () => settle('aborted'),
      get error() {
        return error
      },
    }
  }

  /** As `openDB` gives it. */
  open() {
    const now = (name: StoreName) => this.store(name, () => this.rows[name])
    return {
      get: (name: StoreName, key: unknown) => now(name).get(key),
      getKey: async (name: StoreName, key: string) => (this.rows[name].has(this.text(name, key)) ? key : undefined),
      getAll: (name: StoreName) => now(name).getAll(),
      getAllKeys: (name: StoreName) => now(name).getAllKeys(),
      count: async (name: StoreName) => this.rows[name].size,
      put: async (name: StoreName, value: unknown, key: unknown) => void this.rows[name].set(this.text(name, key), value),
      delete: async (name: StoreName, key: unknown) => void this.rows[name].delete(this.text(name, key)),
      transaction: (list: StoreName | readonly StoreName[]) => this.transaction(list),
      close: () => undefined,
    }
  }
}
