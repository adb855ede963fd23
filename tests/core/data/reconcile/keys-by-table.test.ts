/** Tables joined without a field map: a key of its own for each, and keys of several columns. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identityMapping, type KeyChoice } from '../../../../src/core/data/crosswalk/mapping/identity-mapping.ts'
import { joinedKey } from '../../../../src/core/data/crosswalk/plan/row-lines.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const { signal } = new AbortController()
type Tables = Readonly<Record<string, string>>

async function compare(legacy: Tables, target: Tables, keys: KeyChoice) {
  const filesOf = (tables: Tables, side: 'legacy' | 'target'): PairSource[] =>
    Object.entries(tables).map(([table, text]) => ({
      source: bytesSource(`${table}.csv`, new TextEncoder().encode(text)),
      ...{ side, format: 'csv', table, reading: { headerRows: 1, delimiter: ',' } },
    }))
  const headers = (tables: Tables) =>
    Object.entries(tables).map(([table, text]) => ({ table, header: (text.split('\n')[0] ?? '').split(',') }))
  const mapping = identityMapping(headers(legacy), headers(target), keys)
  return finish(reconcile({ inputs: [...filesOf(legacy, 'legacy'), ...filesOf(target, 'target')], mapping }, signal))
}

const people = 'mrn,name\n1,Ada\n2,Bea\n3,Cleo\n'
const orders = 'mrn,day,code,dose\n1,2020-01-01,a,5\n1,2020-01-01,b,6\n1,2020-01-02,a,7\n2,2020-01-01,a,8\n'
const byTable = new Map([
  ['people', ['mrn']],
  ['orders', ['mrn', 'day', 'code']],
])

test('each table is joined by its own key; rows of a person are those of that person', async () => {
  const moved = orders.replace('a,7', 'a,70').replace('2,2020-01-01,a,8\n', '')
  const result = await compare({ people, orders }, { orders: moved, people }, { every: [], byTable })
  expect(result.tables.map(({ table, arrived, unaccounted }) => [table, arrived, unaccounted])).toEqual([
    ['people', 3, 0],
    ['orders', 3, 1],
  ])
  const { matched } = result.tables[1] ?? { matched: {} }
  expect(matched).toMatchObject({ key: 3 })
  expect(result.findings.map(({ code, place, count, patients }) => [code, place, count, patients]).sort()).toEqual([
    ['data/field-changed', 'orders.dose', 1, 1],
    ['data/item-lost', 'orders', 1, 1],
  ])
  expect(result.patientsOff).toBe(1)
})

test('a table alone may have a key of several columns, with rows in any order', async () => {
  const shuffled = `mrn,day,code,dose\n${orders.split('\n').slice(1, -1).toReversed().join('\n')}\n`
  const result = await compare({ orders }, { orders: shuffled }, { every: ['mrn', 'day', 'code'], byTable: new Map() })
  expect(result.tables.map(({ arrived, equal, unaccounted }) => [arrived, equal, unaccounted])).toEqual([[4, 4, 0]])
  expect(result.findings).toEqual([])
  const repeated = await compare({ orders }, { orders }, { every: ['mrn', 'day'], byTable: new Map() })
  expect(repeated.findings.map(({ code }) => code)).toContain('data/key-repeated')
})

test('different keys never become one text, whatever their parts hold', () => {
  const part = fc.string({ unit: fc.constantFrom('1', ':', '2', 'a', '|'), minLength: 1, maxLength: 4 })
  const key = fc.array(part, { minLength: 2, maxLength: 3 })
  fc.assert(fc.property(key, key, (a, b) => (joinedKey(a) === joinedKey(b)) === (JSON.stringify(a) === JSON.stringify(b))))
})
