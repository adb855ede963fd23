/** Half-written comments: what is said to be kept stands in the store, one write takes up what fast hands typed, a failed write loses nothing. */

import { beforeEach, expect, test, vi } from 'vitest'

const store = {
  held: new Map<string, string>(),
  writes: 0,
  failing: false,
  setting: (name: string) => Promise.resolve(store.held.get(name) ?? null),
  async keepSetting(name: string, value: string) {
    await new Promise((done) => setTimeout(done, 1))
    if (store.failing) throw new Error('The disk is full.')
    store.writes++
    store.held.set(name, value)
  },
}
vi.mock('../../../src/app/session/browser-store.ts', () => ({ browserStore: () => Promise.resolve(store) }))

const { keepDraft, readDrafts } = await import('../../../src/app/session/drafts.ts')
const at = '2026-11-24T08:00:00Z'

beforeEach(() => {
  store.held.clear()
  store.writes = 0
  store.failing = false
})

test('a text of many letters is kept by few writes, and each promise stands for what the store holds', async () => {
  const words = 'Rash after co-amoxiclav, naïve “quoted”'
  const kept = Array.from(words, (_, end) => keepDraft('p1', 'ada r1', 'i1', { text: words.slice(0, end + 1), at }))
  await Promise.all(kept)
  expect((await readDrafts('p1'))['ada r1']?.i1?.text).toBe(words)
  expect(store.writes).toBeLessThanOrEqual(2)
})

test('entries, records and projects do not lose one another, and an empty text forgets', async () => {
  await Promise.all([
    keepDraft('p2', 'ada r1', 'i1', { text: 'one', at }),
    keepDraft('p2', 'ada r1', 'i2', { text: 'two', at }),
    keepDraft('p2', 'ada r2', 'i1', { text: 'three', at }),
    keepDraft('p3', 'ada r1', 'i1', { text: 'four', at }),
  ])
  await keepDraft('p2', 'ada r1', 'i1', { text: ' ', at })
  expect(await readDrafts('p2')).toEqual({ 'ada r1': { i2: { text: 'two', at } }, 'ada r2': { i1: { text: 'three', at } } })
  expect(await readDrafts('p3')).toEqual({ 'ada r1': { i1: { text: 'four', at } } })
})

test('what could not be written is refused, and written with the next text', async () => {
  store.failing = true
  await expect(keepDraft('p4', 'ada r1', 'i1', { text: 'one', at })).rejects.toThrow('The disk is full.')
  store.failing = false
  await keepDraft('p4', 'ada r1', 'i2', { text: 'two', at })
  expect(await readDrafts('p4')).toEqual({ 'ada r1': { i1: { text: 'one', at }, i2: { text: 'two', at } } })
})
