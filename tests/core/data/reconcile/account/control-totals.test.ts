import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
people,id,copy,role=key,person.id,,confirmed,,A
people,paid,number-format,"decimal="",""; group=.",person.paid,,confirmed,,A
people,dose,quantity,unit=mg,person.dose,,confirmed,,A
`
const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes(fields)]]))
const file = (side: 'legacy' | 'target', table: string, text: string): PairSource => ({
  source: bytesSource(`${table}.csv`, bytes(text)),
  ...{ side, format: 'csv', table, reading: { headerRows: 1, delimiter: ';' } },
})

/** A whole number of the `places`-th decimal, as people write it: `-12,50` is −1250 at two places. */
function written(units: bigint, places: number, point: string): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : point + digits.slice(digits.length - places)}`
}

/** The same without zeros that say nothing. */
function plain(units: bigint, places: number): string {
  const text = written(units, places, '.')
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

test('a sum is what adding the cells by hand gives, whatever they are and in a unit with a prefix, too', async () => {
  expect(problems).toEqual([])
  const amount = fc.bigInt({ min: -99_999_999n, max: 99_999_999n })
  const rows = fc.array(fc.record({ paid: amount, dose: fc.bigInt({ min: 0n, max: 9_999_999n }) }), {
    minLength: 1,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 0, max: 3 }), async (people, places) => {
      const lines = people.map(({ paid, dose }, i) => `${i};${written(paid, places, ',')};${written(dose, places, '.')}\n`)
      const { totals } = await finish(
        reconcile(
          {
            inputs: [
              file('legacy', 'people', `id;paid;dose\n${lines.join('')}`),
              file(
                'target',
                'person',
                `id;paid\n${people.map(({ paid }, i) => `${i};${written(paid, places, '.')}\n`).join('')}`,
              ),
            ],
            mapping,
          },
          new AbortController().signal,
        ),
      )
      const sumOf = (name: string) => totals.find((one) => one.name === `people → person: sum of ${name}`)
      const paid = plain(
        people.reduce((sum, one) => sum + one.paid, 0n),
        places,
      )
      expect(sumOf('paid')).toMatchObject({ legacy: paid, target: paid, equal: true })
      const grams = plain(
        people.reduce((sum, one) => sum + one.dose, 0n),
        places + 3,
      )
      expect(sumOf('dose in g')).toMatchObject({ legacy: grams })
    }),
    { numRuns: 40 },
  )
})
