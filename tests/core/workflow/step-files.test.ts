/** Lists of steps as people keep them: a file reads as the same list pasted, and names of any Latin letters make readable ids. */
import { expect, test } from 'vitest'
import { readDrawing } from '../../../src/core/workflow/interop/formats.ts'
import { readPastedList } from '../../../src/core/workflow/interop/pasted-list.ts'
import { slugOf } from '../../../src/core/workflow/map/slug.ts'
import type { Graph } from '../../../src/core/workflow/map/workflow.ts'
import { blockers } from '../../../src/core/workflow/structure/index.ts'

function read(text: string): Graph {
  const drawing = readDrawing('list.csv', new TextEncoder().encode(text), 'current')
  if (typeof drawing === 'string') throw new Error(drawing)
  return drawing.graph
}

const flows = ({ edges }: Graph): readonly string[] => [...edges.values()].map(({ from, to }) => `${from} ${to}`).sort()

test('a list of steps as a file begins and ends as the same list pasted', () => {
  const file = read('step,role\nTake blood,Nurse\nSign result,Doctor\n')
  expect(blockers(file)).toEqual([])
  expect(flows(file)).toEqual(flows(readPastedList('Take blood\tNurse\nSign result\tDoctor', 'current')))
})

test('with flows of its own, it begins where nothing leads to and ends where nothing follows', () => {
  const file = read('step,next\nAsk,Call;Write\nCall,\nWrite,\n')
  expect(flows(file)).toEqual(['ask call', 'ask write', 'call end', 'start ask', 'write end'])
  expect(blockers(file)).toEqual([])
})

test('a table that names types says itself where it begins', () => {
  const file = read('step,type\nHere,start\nTake blood,step\nThere,end\n')
  expect([...file.nodes.keys()].sort()).toEqual(['here', 'take-blood', 'there'])
})

test('letters that have no mark to lose are written in Latin ones', () => {
  const idOf = (label: string): string => slugOf(label, new Set(), 'step')
  expect(idOf('Odłożenie do kartoteki')).toBe('odlozenie-do-kartoteki')
  expect(idOf('Łódź')).toBe('lodz')
  expect(idOf('Prøve på Ærø')).toBe('prove-pa-aero')
  expect(idOf('Đặt hẹn')).toBe('dat-hen')
  expect(idOf('Maßnahme')).toBe('massnahme')
})
