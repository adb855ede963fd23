import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { type Json, pairIsThere, readTarget, type TargetFile } from './bundles.ts'
import { compared, told } from './compared.ts'

/** Rewritings that are tried; `npm run accept` asks for 500. */
const asked = Number(process.env.REWRITINGS ?? 8)
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
const two = (n: number): string => String(n).padStart(2, '0')

interface Style {
  /** Minutes ahead of UTC; null for another one each time. */
  readonly zone: number | null
  readonly precision: 'minute' | 'second' | 'fraction'
  /** Decimals that numbers are rounded to, as far as they have more. */
  readonly decimals: number
}

function styleOf(random: Random): Style {
  const zone = random.below(4) === 0 ? null : (random.below(53) - 24) * 30
  return { zone, precision: random.one(['minute', 'second', 'fraction'] as const), decimals: 1 + random.below(6) }
}

function rewritten(value: Json, style: Style, random: Random): Json {
  if (typeof value === 'string') return instant.test(value) ? timeText(value, style, random) : value
  if (typeof value === 'number') return isTie(value, style.decimals) ? value : Number(value.toFixed(style.decimals))
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => rewritten(one, style, random))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rewritten(one, style, random)]))
}

/**
 * Halfway between two: legacy has one decimal, and what it rounded itself may have gone the other way. Beside 433.25 both 433.2 and 433.3 are
 * its rounding; beside each other they are two values, and nobody can know that they were one.
 */
function isTie(value: number, decimals: number): boolean {
  const [, fraction = ''] = String(value).split('.')
  return fraction.length === decimals + 1 && fraction.endsWith('5')
}

function timeText(text: string, { zone, precision }: Style, random: Random): string {
  const ahead = zone ?? (random.below(53) - 24) * 30
  const wall = new Date(Date.parse(text) + ahead * 60_000).toISOString()
  const clock = precision === 'minute' ? wall.slice(0, 16) : precision === 'second' ? wall.slice(0, 19) : wall.slice(0, 23)
  const size = Math.abs(ahead)
  return `${clock}${ahead === 0 ? 'Z' : `${ahead < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`}`
}

test.skipIf(!pairIsThere)(
  'verdicts do not change when target times and numbers are written otherwise',
  {
    timeout: 600_000 + asked * 10_000,
  },
  async () => {
    const all = readTarget()
    // Patients whose records are few are compared quickly; together they hold every table.
    const small = all.toSorted((a, b) => a.bundle.entry.length - b.bundle.entry.length).slice(0, 4)
    const patients = small.map(
      ({ bundle }) => bundle.entry.find(({ resource }) => resource.resourceType === 'Patient')?.resource.id ?? '',
    )
    const before = await compared(small, patients)
    const verdict = ({ tables, unaccounted, unexplained, ambiguous }: typeof before) => ({
      unaccounted,
      unexplained,
      ambiguous,
      tables: tables.map(({ table, legacy, arrived, merged, excluded }) => [table, legacy, arrived, merged, excluded]),
    })
    expect(told(before)).toEqual({})
    let same = 0
    for (let seed = 1; seed <= asked; seed++) {
      const random = new Random(seed)
      const style = styleOf(random)
      const files = small.map(
        (file): TargetFile => ({ ...file, bundle: rewritten(file.bundle as Json, style, random) as TargetFile['bundle'] }),
      )
      const after = await compared(files, patients)
      const wrong = told(after)
      if (JSON.stringify([verdict(after), wrong]) === JSON.stringify([verdict(before), {}])) same++
      else console.log(`seed ${seed} ${JSON.stringify(style)}: ${JSON.stringify(wrong)} ${JSON.stringify(verdict(after))}`)
    }
    console.log(`${same} of ${asked} rewritings with the same verdicts`)
    expect(same).toBe(asked)
  },
)
