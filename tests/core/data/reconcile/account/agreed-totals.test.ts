/** A sum is not called unequal where each of its values is equal by the rule of its line. */
import { expect, test } from 'vitest'
import { smallPair } from '../small-pair.ts'

const lines = ['people,id,copy,role=key,person.id', 'people,paid,number-format,tolerance=0.05,person.paid']

const sumOf = async (paid: readonly string[]) => {
  const rows = (values: readonly string[]): string => `id,paid\n${values.map((value, i) => `${i},${value}\n`).join('')}`
  const { totals } = await smallPair(lines, { people: rows(['10.04', '20.03', '30.02']) }, { person: rows(paid) })
  return totals.find(({ name }) => name === 'people → person: sum of paid')
}

test('values equal within the tolerance of their line have sums that agree, and both figures stay', async () => {
  expect(await sumOf(['10.0', '20.0', '30.0'])).toMatchObject({ legacy: '60.09', target: '60', equal: true })
})

test('one value beyond it leaves the sum unequal', async () => {
  expect(await sumOf(['10.0', '20.0', '31.0'])).toMatchObject({ equal: false })
})

test('a record that is missing leaves the sum unequal', async () => {
  expect(await sumOf(['10.0', '20.0'])).toMatchObject({ equal: false })
})
