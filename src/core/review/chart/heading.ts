/** Who a chart is about, as each side writes it, and whether that can be one person. */
import { shownText } from '../../data/crosswalk/compare/compare-field.ts'
import type { LegacyItem, TargetItem } from '../../data/reconcile/entries/items.ts'
import type { ChartPerson } from '../model/chart.ts'

export function personOf(item: LegacyItem | TargetItem | null): ChartPerson | null {
  if (!item) return null
  const of = (path: RegExp): string | null => {
    const texts = item.table.fields.flatMap((field, i) => (path.test(field.path.plain) ? textOf(item, i) : []))
    const said = [...new Set(texts)].join(' ')
    return said === '' ? null : said
  }
  const [family, given] = [of(/name\.family$/i), of(/name\.given$/i)]
  const names = [family, given].filter((part) => part !== null)
  const { key } = item.table.positions
  const number = key.flatMap((i) => textOf(item, i)).join(' ')
  return {
    name: names.length > 0 ? names.join(', ') : of(/\.name(\.text)?$/i),
    birth: of(/\.(birthDate|birth_datetime|year_of_birth)$/),
    sex: of(/\.(gender|gender_concept_id|gender_source_value)$/),
    number: number === '' ? null : number,
  }
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
  const at = table.fields.findIndex(({ path }) => /\.birthDate$/.test(path.plain))
  const found = carried[at]
  return found?.kind === 'date' ? found.text : null
}

function firstLetter(text: string | null | undefined): string {
  return (text ?? '').trim().charAt(0).toLowerCase()
}
