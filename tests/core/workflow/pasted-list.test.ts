/** Lists as people paste them: no line is dropped, no text is lost, and the order is the flow. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainList, readPastedList, readSpokenTime } from '../../../src/core/workflow/interop/pasted-list.ts'
import { isStep } from '../../../src/core/workflow/map/workflow.ts'

test('ranges, about, clock times and units are read', () => {
  const time = (text: string) => readSpokenTime(text)?.time
  expect(time('3-5')).toEqual({ dist: 'uniform', min: 180, max: 300 })
  expect(time('3 to 5 min')).toEqual({ dist: 'uniform', min: 180, max: 300 })
  expect(time('30 s – 2 min')).toEqual({ dist: 'uniform', min: 30, max: 120 })
  expect(readSpokenTime('~2')).toEqual({ time: { dist: 'constant', value: 120 }, about: true })
  expect(readSpokenTime('about 1,5 h')).toEqual({ time: { dist: 'constant', value: 5400 }, about: true })
  expect(time('00:01')).toEqual({ dist: 'constant', value: 60 })
  expect(time('01:02:03')).toEqual({ dist: 'constant', value: 3723 })
  expect(time('90 s')).toEqual({ dist: 'constant', value: 90 })
  expect(time('a while')).toBeUndefined()
})

test('a list out of a spreadsheet keeps every line, its role and its order; what is not understood stays on the step', () => {
  const graph = readPastedList(
    'Step\tRole\tMinutes\tRemark\n1. Take call\tDesk\t3-5\n2. Find chart\tDesk\t~2\n3. Sign\tMD\t00:01\twaits in the tray\n4. Fax\tDesk\tdepends',
    'current',
  )
  const steps = [...graph.nodes.values()].filter(isStep)
  expect(steps.map(({ label }) => label)).toEqual(['Take call', 'Find chart', 'Sign', 'Fax'])
  expect(steps.map(({ lane }) => lane)).toEqual(['desk', 'desk', 'md', 'desk'])
  expect(steps.map(({ service }) => service?.dist ?? null)).toEqual(['uniform', 'constant', 'constant', null])
  expect(steps.map(({ evidence }) => evidence?.source ?? null)).toEqual([
    'Pasted as “3-5”',
    'Pasted as “~2”',
    'Pasted as “waits in the tray”',
    'Pasted as “depends”',
  ])
  expect([...graph.edges.values()].map(({ from, to }) => `${from} > ${to}`)).toEqual([
    'take-call > find-chart',
    'find-chart > sign',
    'sign > fax',
    'start > take-call',
    'fax > end',
  ])
})

test('bullets and bare lines are steps in a row', () => {
  const graph = readPastedList('• Take call\n- Note request\n* Call back', 'current')
  expect([...graph.edges.values()].map(({ from, to }) => `${from} > ${to}`)).toContain('take-call > note-request')
})

test('flows and facts are no plain list', () => {
  expect(isPlainList('Desk: Take call {1m} -> MD: Sign')).toBe(false)
  expect(isPlainList('Take call | Desk | 3')).toBe(true)
  expect(isPlainList('Take call\tDesk\t3-5')).toBe(true)
})

test('no line and no word of a list is lost', () => {
  const cell = fc.stringMatching(/^[A-Za-z0-9~:., -]{1,12}$/).filter((text) => /[A-Za-z]/.test(text.trim().slice(0, 1)))
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 9 }), (rows) => {
      const graph = readPastedList(['Step | Role | Time', ...rows.map((row) => row.join(' | '))].join('\n'), 'future')
      const steps = [...graph.nodes.values()].filter(isStep)
      expect(steps).toHaveLength(rows.length)
      for (const [at, [, , time]] of rows.entries())
        expect(steps[at]?.service !== null || steps[at]?.evidence?.source.includes(time.trim())).toBe(true)
    }),
  )
})
