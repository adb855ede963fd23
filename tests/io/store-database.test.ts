import { expect, test, vi } from 'vitest'

const transaction = vi.hoisted(() => ({ ended: false, error: null as unknown }))
vi.mock('idb', () => ({
  openDB: async (_name: string, _layout: number, { upgrade }: { upgrade: (...given: readonly unknown[]) => void }) => {
    const store = (name: string) => ({
      openCursor: async () => ({
        key: ['p1', 'ledger.jsonl'],
        value: new Uint8Array([1]),
        delete: async () => undefined,
        continue: async () => null,
      }),
      put: async () => {
        if (name === 'segments') throw new TypeError('The value can not be kept.')
      },
    })
    const held = {
      objectStore: store,
      get error() {
        return transaction.error
      },
      abort: () => {
        transaction.ended = true
      },
    }
    upgrade({ createObjectStore: () => undefined, deleteObjectStore: () => undefined }, 1, 2, held)
    await new Promise((resolve) => setTimeout(resolve))
    // As a browser does: the database opens unless the transaction of its upgrade was ended.
    if (transaction.ended) throw new Error('The upgrade was ended.')
    return {}
  },
}))

const { openStoreDatabase } = await import('../../src/io/store/store-database.ts')

test('a store that can not be brought up wholly is not brought up at all, and the reason is given', async () => {
  await expect(openStoreDatabase()).rejects.toThrow('The value can not be kept.')
  expect(transaction.ended).toBe(true)
})
