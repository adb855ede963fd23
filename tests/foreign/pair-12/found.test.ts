import { expect, test } from 'vitest'
import { pairIsThere, readTarget } from './bundles.ts'
import { compared, handWritten, told } from './compared.ts'
import { type DamageKind, damage, damageKinds } from './damages.ts'

/** How many different places are damaged per kind; all patients only where more is asked. */
const seeds = Number(process.env.SEEDS ?? 1)

const codes: Readonly<Record<DamageKind, readonly string[]>> = {
  'allergy dropped': ['data/allergy-lost'],
  'values ten times': ['data/value-changed'],
  'patient swapped': ['data/wrong-patient'],
  'unit removed': ['data/unit-lost'],
  'code system changed': ['data/code-system-changed', 'data/allergy-altered'],
  'text cut short': ['data/text-truncated'],
  'patient duplicated': ['data/duplicate-patient'],
  'stopped medicine active': ['data/item-resurrected'],
  'dates one day later': ['data/date-shifted'],
  'encounter removed': ['data/item-lost'],
}

test.skipIf(!pairIsThere)('every record of pair-12 arrives by a map written by hand', async () => {
  expect(handWritten.problems).toEqual([])
  const result = await compared(readTarget())
  expect([result.unaccounted, result.unexplained, result.ambiguous, result.patientsOff]).toEqual([0, 0, 0, 0])
  expect(told(result)).toEqual({})
  expect(result.assumptions).toEqual([])
  const arrived = new Map(result.tables.map(({ table, arrived }) => [table, arrived]))
  for (const [table, count] of [
    ['conditions', 93],
    ['encounters', 258],
    ['claims', 315],
    ['observations', 1639],
  ] as const)
    expect([table, arrived.get(table)]).toEqual([table, count])
})

test.skipIf(!pairIsThere).each(damageKinds)('%s: found with its count, and nothing else', async (kind) => {
  const all = readTarget()
  let exact = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const { files, truth } = damage(all, kind, seed)
    const found = told(await compared(files))
    // The only allergy of a patient is also the state of the list.
    delete (found as Record<string, number>)['data/allergy-state-changed']
    const [code = '', ...others] = Object.keys(found)
    if (others.length === 0 && codes[kind].includes(code) && found[code] === truth.count) exact++
    else console.log(`${kind}, seed ${seed}: ${JSON.stringify(found)}, of ${truth.count}`)
  }
  console.log(`${kind}: ${exact} of ${seeds} exact`)
  expect(exact).toBe(seeds)
})
