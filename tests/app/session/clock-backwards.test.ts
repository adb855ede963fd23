/** A clock that is set back by hours, days or years: order, undo, ledger, expiry and the lock of an idle screen hold. */
import { beforeEach, expect, test, vi } from 'vitest'
import { type EditPlace, editSteps, makeEdit, turnEdit } from '../../../src/app/session/edit-line.ts'
import { setWorkspace } from '../../../src/app/session/state.ts'
import { moments, record } from '../../../src/core/project/acts/hand.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import { checkChains, checkHashes } from '../../../src/core/project/ledger/chain.ts'
import { isAccepted } from '../../../src/core/project/runs/acceptance-in-force.ts'
import { checkTimes } from '../../../src/core/project/verify/check-times.ts'
import { momentText } from '../../../src/core/values/day.ts'

const kept = vi.hoisted(() => ({ seat: null as string | null, locks: 0 }))
vi.mock('../../../src/app/session/browser-store.ts', () => ({
  browserStore: async () => ({ setting: async () => kept.seat, keepSetting: async () => undefined }),
}))
vi.mock('../../../src/app/session/unlocked-bundle.ts', () => ({ lockBundle: () => kept.locks++, readerMark: () => null }))

const hour = 3_600_000
const steps = [
  ['hours', 5 * hour],
  ['days', 72 * hour],
  ['years', 5 * 8766 * hour],
] as const
const now = Date.parse('2026-11-22T10:00:00Z')

const project = (id: string) =>
  newProject({ id, name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00+02:00', tool: 'test', servers: [] })

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(now)
  Object.assign(kept, { seat: null, locks: 0 })
})

test.each(steps)('set back by %s: entries stand in the order of the acts, and the chain holds', (_, back) => {
  let held = project('ledger')
  const act = (object: string, at: number): void => {
    held = record(held, [{ action: 'statement', object, digest: null }], {
      device: 'd',
      actor: 'ada',
      wall: momentText(new Date(at)),
    })
  }
  act('first', now)
  for (let n = 0; n < 20; n++) act(`back ${n}`, now - back + n * 1000)
  act('again', now + 1000)
  const place = (seq: number) => ({ file: 'ledger.jsonl', line: seq + 1, device: 'd', seq })
  const { ledger } = held
  expect(ledger.map(({ object }) => object)).toEqual(['first', ...Array.from({ length: 20 }, (_each, n) => `back ${n}`), 'again'])
  for (const verdict of [checkHashes(ledger, place), checkChains(ledger, place), checkTimes(ledger, place)])
    expect(verdict).toMatchObject({ ok: true })
})

test.each(steps)('set back by %s: what had expired stays expired for whatever is signed or recorded', (_, back) => {
  const finding = { fingerprint: 'f', formerFingerprints: [] }
  const baseline = [{ fingerprint: 'f', reason: 'known', by: 'Ada Example', expires: '2026-11-21' }]
  const at = (wall: number) => ({ device: 'd', actor: 'ada', wall: momentText(new Date(wall)) })
  const held = record(project('expiry'), [{ action: 'statement', object: 'x', digest: null }], at(now))
  expect(isAccepted(finding, baseline, at(now).wall)).toBe(false)
  const [next] = moments(held, at(now - back), 1)
  expect(isAccepted(finding, baseline, next?.wall ?? '')).toBe(false)
})

test.each(steps)('set back by %s: a burst of edits ends, and undo takes back one step alone', (_, back) => {
  setWorkspace({ project: project(`undo-${back}`) })
  let text = { value: 'a' }
  const line: EditPlace<string> = {
    place: 'text',
    on: () => text,
    apply: (value) => {
      const before = text.value
      text = { value }
      return before
    },
    join: (_first, second) => second,
  }
  makeEdit(line, 'b', 'typing')
  vi.setSystemTime(now - back)
  makeEdit(line, 'c', 'typing')
  expect(editSteps(line).undo).toHaveLength(2)
  turnEdit(line, 'undo')
  expect(text.value).toBe('b')
})

test.each(steps)('set back by %s: a screen that was left locks all the same', async (_, back) => {
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('document', { addEventListener: () => undefined })
  kept.seat = String(now)
  vi.setSystemTime(now - back)
  vi.resetModules()
  const { startSeat } = await import('../../../src/app/people/seat.ts')
  await startSeat()
  expect(kept.locks).toBe(1)
})
