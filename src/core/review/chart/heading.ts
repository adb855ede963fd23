/** Who a chart is about, as each side writes it, and whether that can be one person. */

import { shownText } from '../../data/crosswalk/compare/compare-field.ts'
import type { BoundField, BoundTable } from '../../data/crosswalk/plan/plan.ts'
import { columnMeaning } from '../../data/knowledge/meanings.ts'
import type { LegacyItem, TargetItem } from '../../data/reconcile/entries/items.ts'
import type { ChartPerson } from '../model/chart.ts'

export function personOf(item: LegacyItem | TargetItem | null): ChartPerson | null {
  if (!item) return null
  const of = (part: PersonPart): string | null => {
    const said = [...new Set(partsOf(item.table, part).flatMap((i) => textOf(item, i)))].join(' ')
    return said === '' ? null : said
  }
  const names = [of('family'), of('given')].filter((part) => part !== null)
  const { key, id } = item.table.positions
  // A row of the target is called by an id of its own where it has one; beside it stands the number of legacy.
  const isOwn = 'values' in item && id.length > 0 && !/^[A-Z]/.test(item.table.type)
  const number = (isOwn ? id : key).flatMap((i) => textOf(item, i)).join(' ')
  const untold = (['birth', 'sex'] as const).filter((part) => partsOf(item.table, part).length === 0)
  return {
    name: names.length > 0 ? names.join(', ') : of('name'),
    birth: of('birth'),
    sex: of('sex'),
    number: number === '' ? null : number,
    ...(untold.length > 0 ? { untold } : {}),
  }
}

/** What the head of a record says of a person. */
export type PersonPart = 'family' | 'given' | 'name' | 'birth' | 'sex'

/** Where FHIR and OMOP have it. */
const knownPaths: Readonly<Record<PersonPart, RegExp>> = {
  family: /name\.family$/i,
  given: /name\.given$/i,
  name: /\.name(\.text)?$/i,
  birth: /\.(birthDate|birth_datetime|year_of_birth)$/,
  sex: /\.(gender|gender_concept_id|gender_source_value)$/,
}
/** What columns of any other table are called. */
const meanings: Readonly<Record<PersonPart, string>> = {
  family: 'last',
  given: 'first',
  name: 'description',
  birth: 'birth',
  sex: 'gender',
}

/** Positions in `fields` of what a table of patients says of this; what a column of the target is called counts before what legacy calls it. */
export function partsOf({ fields, type, source }: BoundTable, part: PersonPart): readonly number[] {
  const where = (is: (field: BoundField) => boolean): readonly number[] => fields.flatMap((field, i) => (is(field) ? [i] : []))
  const known = where(({ path }) => knownPaths[part].test(path.plain))
  if (known.length > 0 || /^[A-Z]/.test(type)) return known
  // A title means what something is called, and calls no person.
  const says = (name: string, table: string): boolean =>
    columnMeaning(name, table).name === meanings[part] && (part !== 'name' || /name/i.test(name))
  const named = where(({ path }) => says(path.steps[0]?.name ?? '', type))
  return named.length > 0 ? named : where(({ columns }) => columns.some((name) => says(name, source)))
}

function textOf(item: LegacyItem | TargetItem, i: number): string[] {
  if ('values' in item) return (item.values[i] ?? []).map((value) => shownText(value)).filter((text) => text !== '')
  const raw = item.raw[i] ?? ''
  return raw === '' ? [] : [raw]
}

/** Whether both sides speak of two people, by what stands there: name and birth count more than sex. */
export function isSomebodyElse(legacy: LegacyItem, target: TargetItem): boolean {
  const [from, to] = [personOf(legacy), personOf(target)]
  const [was, is] = [namesIn(from?.name), namesIn(to?.name)]
  const otherName = was.size > 0 && is.size > 0 && ![...was].some((name) => is.has(name))
  const born = carriedBirth(legacy)
  const otherBirth = born !== null && to !== null && to.birth !== null && born.slice(0, 10) !== to.birth.slice(0, 10)
  const [sex, gender] = [firstLetter(from?.sex), firstLetter(to?.sex)]
  const otherSex = /[mf]/.test(sex) && /[mf]/.test(gender) && sex !== gender
  return Number(otherName) * 2 + Number(otherBirth) * 2 + Number(otherSex) >= 3
}

/** The words of a name, in small letters and without accents; initials say too little. */
function namesIn(name: string | null | undefined): ReadonlySet<string> {
  const bare = (name ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return new Set(bare.split(/[^\p{L}]+/u).filter((word) => word.length > 1))
}

function carriedBirth({ table, carried }: LegacyItem): string | null {
  const [at] = partsOf(table, 'birth')
  const found = at === undefined ? null : carried[at]
  return found?.kind === 'date' ? found.text : null
}

function firstLetter(text: string | null | undefined): string {
  return (text ?? '').trim().charAt(0).toLowerCase()
}
