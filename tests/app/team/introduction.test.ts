/** Who holds no role yet sends what a role is granted to, and nothing else. */
import { expect, test } from 'vitest'
import { introducingEntries, introducingFiles } from '../../../src/app/team/introduction.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { newProject } from '../../../src/core/project/format/open.ts'

const digest = `sha256:${'0'.repeat(64)}`
const project = newProject({
  id: 'p-introduced',
  name: 'North Street Practice',
  legacy: 'PaperChart',
  target: 'OpenChart',
  created: '2026-11-20T08:00:00Z',
  tool: 'carryover 0.1.0',
  servers: [],
})
const bytes = utf8('{}\n')

/** A ledger in which this device did these acts, beside one of a colleague. */
function ledgerOf(...actions: readonly string[]) {
  const hand = (device: string) => ({ device, actor: 'ito', wall: '2026-11-20T09:00:00Z' })
  const act = (action: string) => ({ action, object: 'x', digest })
  const others = record(project, [act('device-keyed')], hand('d-other'))
  return record(others, actions.map(act), hand('d-here')).ledger
}

test('keys go, and what needs a role stays here with everything behind it', () => {
  const ledger = ledgerOf('device-keyed', 'key-enrolled', 'merged', 'key-named')
  const acts = introducingEntries(ledger, { heads: {} }, 'd-here').map(({ action }) => action)
  expect(acts).toEqual(['device-keyed', 'key-enrolled'])
})

test('what the server has is not sent again, nor the chain of another device', () => {
  const ledger = ledgerOf('device-keyed', 'key-enrolled')
  const first = ledger.find(({ device, seq }) => device === 'd-here' && seq === 1)
  const heads = { 'd-here': { seq: 1, hash: first?.hash ?? '' } }
  expect(introducingEntries(ledger, { heads }, 'd-here').map(({ action }) => action)).toEqual(['key-enrolled'])
  expect(introducingEntries(ledger, { heads: {} }, 'd-none')).toEqual([])
})

test('of documents the new public keys alone, and the signed ends once they sign nothing that is held back', () => {
  const files = new Map([
    ['keys/k-new.pub.json', bytes],
    ['keys/k-old.pub.json', bytes],
    ['keys/k-gone.pub.json', null],
    ['ledger-heads.json', bytes],
    ['board.json', bytes],
  ])
  const sent = (ledger: ReturnType<typeof ledgerOf>, seq: number) => {
    const standing = { heads: { 'd-here': { seq, hash: '' } }, files: { 'keys/k-old.pub.json': 'another digest' } }
    return [...introducingFiles(files, ledger, standing, 'd-here').keys()]
  }
  expect(sent(ledgerOf('device-keyed', 'key-enrolled'), 2)).toEqual(['keys/k-new.pub.json', 'ledger-heads.json'])
  expect(sent(ledgerOf('device-keyed', 'key-enrolled', 'merged'), 2)).toEqual(['keys/k-new.pub.json'])
})
