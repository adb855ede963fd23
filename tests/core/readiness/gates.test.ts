import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocks, criterionStates, type GateVote, gateOf, gates, worstGate } from '../../../src/core/readiness/model/phase.ts'

const vote = (state: GateVote['state'], severity: GateVote['severity'], parts: Partial<GateVote> = {}): GateVote => ({
  state,
  severity,
  hasInput: true,
  expiresSoon: false,
  ...parts,
})

test.each([
  ['everything proven', [vote('proven', 'critical'), vote('proven', 'warning')], 'ready'],
  ['a failed error', [vote('proven', 'error'), vote('failed', 'error')], 'blocked'],
  ['a stale critical', [vote('stale', 'critical')], 'blocked'],
  ['a missing error beside evidence', [vote('proven', 'error'), vote('missing', 'error', { hasInput: false })], 'blocked'],
  ['an unknown error counts as blocked', [vote('unknown', 'error')], 'blocked'],
  ['one claim', [vote('proven', 'error'), vote('claimed', 'error')], 'at risk'],
  ['a claim without any other input', [vote('claimed', 'error', { hasInput: false })], 'at risk'],
  ['a failed warning', [vote('proven', 'error'), vote('failed', 'warning')], 'at risk'],
  ['a missing warning', [vote('proven', 'error'), vote('missing', 'warning')], 'at risk'],
  ['evidence that ends within the week', [vote('proven', 'error', { expiresSoon: true })], 'at risk'],
  ['a failed info moves nothing', [vote('proven', 'error'), vote('failed', 'info')], 'ready'],
  ['no input at all', [vote('missing', 'critical', { hasInput: false })], 'waiting'],
  ['no criteria', [], 'waiting'],
] as const)('%s gives its gate', (_name, votes, gate) => {
  expect(gateOf(votes)).toBe(gate)
})

test('the worst gate is blocked before waiting before at risk before ready', () => {
  expect(worstGate(['ready', 'at risk', 'waiting', 'blocked'])).toBe('blocked')
  expect(worstGate(['ready', 'at risk', 'waiting'])).toBe('waiting')
  expect(worstGate(['ready', 'at risk'])).toBe('at risk')
  expect(worstGate(['ready'])).toBe('ready')
})

const anyVote = fc.record({
  state: fc.constantFrom(...criterionStates),
  severity: fc.constantFrom('critical', 'error', 'warning', 'info'),
  hasInput: fc.boolean(),
  expiresSoon: fc.boolean(),
})

test('one more criterion never makes a gate with input better', () => {
  fc.assert(
    fc.property(fc.array(anyVote, { minLength: 1 }), anyVote, (votes, extra) => {
      const before = gateOf(votes)
      fc.pre(before !== 'waiting')
      expect(gates.indexOf(gateOf([...votes, extra]))).toBeLessThanOrEqual(gates.indexOf(before))
    }),
  )
})

test('ready means that every criterion above info is proven', () => {
  fc.assert(
    fc.property(fc.array(anyVote), (votes) => {
      if (gateOf(votes) !== 'ready') return
      for (const each of votes) if (each.severity !== 'info') expect(each.state).toBe('proven')
      expect(votes.some(blocks)).toBe(false)
    }),
  )
})
