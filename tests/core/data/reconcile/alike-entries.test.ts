/** Entries that nothing tells apart pair by their number, however many there are. */
import { expect, test } from 'vitest'
import { condition, conditionLines, patient, patientLine, smallPair } from './small-pair.ts'

const code = '44054006'
const day = '2020-03-01'

async function pairOf(legacy: readonly string[], target: readonly string[]) {
  const rows = legacy.map((when) => `A,${code},${when}`)
  const conditions = ['PAT,CODE,DAY', ...rows, ''].join('\n')
  const arrived = target.map((when) => condition('A', code, when))
  const result = await smallPair(conditionLines, { patients: 'MRN\nA\n', conditions }, [patient('A'), ...arrived])
  return { told: result.told, arrived: result.tables.find(({ table }) => table === 'conditions')?.arrived }
}
const times = (count: number, when = day): string[] => Array.from({ length: count }, () => when)

test('alike entries pair by their number; what is beyond it is lost or appeared', async () => {
  expect(await pairOf(times(7), times(7))).toEqual({ told: {}, arrived: 7 })
  const lost = await pairOf(times(7), times(5))
  expect([lost.arrived, lost.told['data/item-lost']]).toEqual([5, 2])
})

test('one that differs among alike ones is told as changed, and the others arrive', async () => {
  const { told, arrived } = await pairOf(times(6), [...times(5), '2020-03-02'])
  expect([told, arrived]).toEqual([{ 'data/date-shifted': 1 }, 6])
})

test('entries without code and time pair only where they say the same', async () => {
  const lines = [
    patientLine,
    'notes,PAT,reference,table=patients,Observation.subject',
    'notes,TEXT,copy,,Observation.valueString',
  ]
  const noted = async (legacy: readonly string[], target: readonly string[]) => {
    const notes = ['PAT,TEXT', ...legacy.map((text) => `A,${text}`), ''].join('\n')
    const arrived = target.map((valueString) => ({
      resourceType: 'Observation',
      subject: { reference: 'Patient/pA' },
      valueString,
    }))
    const result = await smallPair(lines, { patients: 'MRN\nA\n', notes }, [patient('A'), ...arrived])
    return { told: result.told, arrived: result.tables.find(({ table }) => table === 'notes')?.arrived }
  }
  const father = ['Father: MI', 'Father: MI']
  expect(await noted(father, ['Latex reaction', 'Latex reaction'])).toEqual({
    told: { 'data/item-lost': 2, 'data/item-appeared': 2 },
    arrived: 0,
  })
  expect(await noted(father, father)).toEqual({ told: {}, arrived: 2 })
})

test('five thousand alike entries of a patient arrive, none of them passed over', async () => {
  const many = times(5000)
  const rows = many.map((when) => `A,${code},${when}`)
  const legacy = { patients: 'MRN\nA\n', conditions: ['PAT,CODE,DAY', ...rows, ''].join('\n') }
  const target = [patient('A'), ...many.map((when) => condition('A', code, when))]
  const { told, notEvaluated, tables } = await smallPair(conditionLines, legacy, target)
  expect([told, notEvaluated.filter(({ what }) => what.startsWith('conditions'))]).toEqual([{}, []])
  expect(tables.find(({ table }) => table === 'conditions')?.arrived).toBe(5000)
})
