/** Control totals as they may be shown or printed: counts and sums as they are, values that came out of cells only where somebody asked for them. */
import type { ValueMaps } from '../../model/carried.ts'
import type { ControlTotal, FieldBalance, ReconcileResult } from './result.ts'

/** Fewer records than this could point to one of them. */
const fewest = 11

/** What may stand on the screen as it is, because it is no patient's: codes the project declares, and days of many records. */
interface Declared {
  readonly codes: ReadonlySet<string>
  /** Totals by name whose days were taken over enough records of both sides. */
  readonly days: ReadonlySet<string>
}

/** A day of birth or death is one person's, however many records there are; so are all days of a table of patients. */
export function declaredOf(values: ValueMaps, fields: readonly FieldBalance[]): Declared {
  const codes = [...values.values()].flatMap(({ lines }) => [...lines.values()].map(({ target }) => target))
  const many = fields.filter(
    ({ target, same, sameAfterRule, changed }) => same + sameAfterRule + changed >= fewest && !target.startsWith('Patient'),
  )
  const days = many.flatMap(({ table, column, target }) => {
    const name = `${table} → ${target.split(/[.(]/)[0]}`
    return [`${name}: first ${column}`, `${name}: last ${column}`]
  })
  return { codes: new Set(codes), days: new Set(days) }
}

/** All totals of a result, as they may leave the program. */
export function maskedTotals(
  { totals, fields }: Pick<ReconcileResult, 'totals' | 'fields'>,
  values: ValueMaps,
  show: (text: string) => string,
): readonly ControlTotal[] {
  const declared = declaredOf(values, fields)
  return totals.map((total) => maskedTotal(total, show, declared))
}

export function maskedTotal(total: ControlTotal, show: (text: string) => string, declared: Declared): ControlTotal {
  const at = total.name.indexOf(' = ')
  const code = at < 0 ? '' : total.name.slice(at + 3)
  // The same records stand on both sides, so they are not counted together.
  const isYear = / by year of /.test(total.name)
  const isMany = Math.max(Number(total.legacy), Number(total.target)) >= fewest
  const shown = (isYear && isMany) || declared.codes.has(code) ? code : isYear ? `a year of fewer than ${fewest}` : show(code)
  const days = declared.days.has(total.name)
  return {
    ...total,
    name: at < 0 ? maskedUnit(total.name, show) : `${total.name.slice(0, at + 3)}${shown}`,
    legacy: maskedFigure(total.name, total.legacy, show, days),
    target: maskedFigure(total.name, total.target, show, days),
  }
}

/** Units of sums that are words of everybody; any other stood in a cell as somebody typed it. */
const knownUnits = new Set(
  'g g/L g/dL mol mol/L m m2 L % [iU] [iU]/L m[iU]/L [iU]/mL m[Hg] Cel K s /min /s {beats}/min L/min kat/L eq/L 1'.split(' '),
)

function maskedUnit(name: string, show: (text: string) => string): string {
  const sum = /^(.*: sum of .* in )(.+)$/.exec(name)
  if (!sum) return name
  const [, words = '', unit = ''] = sum
  return knownUnits.has(unit) ? name : `${words}${show(unit)}`
}

/** The first and last day or value of a column stood in a cell, also where only the year is known. */
export function isOfCell(name: string): boolean {
  return /: (first|last) /.test(name)
}

/** A number is a count or a sum; anything else, such as the last day of birth, stood in a cell. */
function maskedFigure(name: string, text: string, show: (text: string) => string, days: boolean): string {
  // What only looks like a day may be anything that somebody typed.
  if (days && /^[12]\d{3}(-[01]\d(-[0-3]\d)?)?$/.test(text)) return text
  return isOfCell(name) || !/^-?[\d,.]*$/.test(text) ? show(text) : text
}

/** An exact decimal with its thousands set apart: its digits are never rounded. */
export function groupedFigure(text: string): string {
  if (!/^-?\d+(\.\d*)?$/.test(text)) return text
  const [whole = '', ...fraction] = text.split('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.')
}
