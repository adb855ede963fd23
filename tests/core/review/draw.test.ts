import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draw, isSeed, seedFromBytes, ticketOf } from '../../../src/core/review/draw/draw.ts'
import { buildFrame, type Frame, frameBytes, frameDigest, parseFrame } from '../../../src/core/review/draw/frame.ts'
import { hasReference, referenceJson } from '../reference-table.ts'

function frameOf(strata: Readonly<Record<string, readonly string[]>>): Frame {
  const built = buildFrame(Object.entries(strata).flatMap(([name, ids]) => ids.map((id) => [name, id] as const)))
  if (!built.ok) throw new Error(built.problems.join(' '))
  return built.frame
}

interface Vector {
  readonly seed: string
  readonly strata: Readonly<Record<string, readonly string[]>>
  readonly n: Readonly<Record<string, number>>
  readonly expected: Readonly<Record<string, readonly string[]>>
}

test.skipIf(!hasReference('draw_vectors.json'))('every published draw is repeated record for record', () => {
  const vectors = referenceJson('draw_vectors.json') as readonly Vector[]
  expect(vectors).toHaveLength(4)
  for (const vector of vectors) {
    const result = draw(frameOf(vector.strata), vector.seed, new Map(Object.entries(vector.n)))
    if (!result.ok) throw new Error(result.problem)
    for (const [stratum, ids] of Object.entries(vector.expected))
      expect(result.records.filter((each) => each.stratum === stratum).map((each) => each.id)).toEqual(ids)
  }
})

test('tickets are SHA-256 over UTF-8, not Latin-1', () => {
  expect(ticketOf('66902314677799099062', 's0', 'é428573')).toBe(
    '0334071296cc3cd5fabce9759f512077c6e700489b179cc825fec3b17a64ff1d',
  )
  expect(ticketOf('38913161526828133545', 's1', 'P475607')).toBe(
    '3258335a89937dfc22616a426319025242d01b462e5845a3145be140b7598e64',
  )
})

test('the order in which records are listed changes neither frame nor draw', () => {
  const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((text) => [...text].every((sign) => sign >= ' '))
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 2, maxLength: 30 }), fc.infiniteStream(fc.nat(1000)), (ids, order) => {
      const shuffled = ids.map((text) => ({ text, rank: order.next().value })).sort((a, b) => a.rank - b.rank)
      const one = frameOf({ all: ids })
      const two = frameOf({ all: shuffled.map((each) => each.text) })
      expect(frameDigest(two)).toBe(frameDigest(one))
      const counts = new Map([['all', 2]])
      expect(draw(two, '00000000000000000007', counts)).toEqual(draw(one, '00000000000000000007', counts))
      const read = parseFrame(new TextDecoder().decode(frameBytes(one)))
      expect(read).toEqual({ ok: true, frame: one })
    }),
  )
})

test('frame lines are in the order of their bytes, also beyond the basic plane', () => {
  const text = new TextDecoder().decode(frameBytes(frameOf({ a: ['\u{1F600}', '\uFB33', 'b'], 'a-b': ['x'] })))
  const lines = text.trimEnd().split('\n')
  expect(lines).toEqual(lines.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
})

test('what would make a draw doubtful is refused in words', () => {
  const twice = buildFrame([
    ['all', 'p1'],
    ['all', 'p1'],
  ])
  expect(twice).toEqual({ ok: false, problems: ['Stratum all holds the record p1 twice.'] })
  expect(buildFrame([['All Patients', 'p1']]).ok).toBe(false)
  expect(buildFrame([['all', 'a\tb']]).ok).toBe(false)
  const frame = frameOf({ all: ['a', 'b'] })
  expect(draw(frame, '00000000000000000001', new Map([['all', 3]]))).toEqual({
    ok: false,
    problem: 'Stratum all holds 2 records; 3 can not be drawn.',
  })
  expect(draw(frame, '00000000000000000001', new Map([['west', 1]])).ok).toBe(false)
  expect(draw(frame, '12345', new Map()).ok).toBe(false)
  expect(parseFrame('all\tp1\nall\tp2').ok).toBe(false)
})

test('a seed is 20 digits and every digit is equally likely', () => {
  expect(isSeed('00000000000000000001')).toBe(true)
  expect(isSeed('0000000000000000000x')).toBe(false)
  expect(seedFromBytes(Uint8Array.from([255, 250, ...Array.from({ length: 20 }, (_, n) => n * 12)]))).toBe('02468024680246802468')
  expect(seedFromBytes(new Uint8Array(19))).toBe(null)
})
