/** Who can be drawn: every unit of the frame in exactly one stratum, from the facts that pairing knows of all records. */

import { mustSeeStratum, targetOnlyStratum } from '../draw/frame.ts'
import type { FrameUnit } from '../model/pair-types.ts'
import type { StratumWish } from './sampling-plan.ts'

/** What pairing leaves for the plan. */
export interface Population {
  readonly frame: readonly FrameUnit[]
  readonly targetOnly: readonly string[]
}

export interface StrataChoices {
  readonly bySite: boolean
  readonly byAllergies: boolean
  readonly byMedicines: boolean
  /** Must-see, beside the records with an open critical finding: patients booked in the next 30 days. */
  readonly booked: boolean
  /** Must-see: keys chosen by hand. */
  readonly chosen: readonly string[]
  /** Must-see: keys of golden patients, chosen before the migration. */
  readonly golden?: readonly string[]
  /** Must-see: keys of records that an earlier sample found wrong and nobody has read since. */
  readonly again?: readonly string[]
  /** Least number of records to read, by stratum; a stratum not named here has none, target-only is read whole. */
  readonly minimums: ReadonlyMap<string, number>
}

export interface Stratum extends StratumWish {
  readonly keys: readonly string[]
}

export interface Stratified {
  /** Sorted by id. */
  readonly strata: readonly Stratum[]
  /** Keys chosen by hand that the legacy data does not have. */
  readonly unknown: readonly string[]
}

const allRecords = 'all'

/** A site named by fewer records is not written by name: what few records share may tell who they are. */
const fewestToName = 11
const otherSites = 'other sites'

/** Parts the population; no record is in two strata, none is left out. */
export function stratify(population: Population, choices: StrataChoices): Stratified {
  const [chosen, golden, again] = [new Set(choices.chosen), new Set(choices.golden), new Set(choices.again)]
  const known = new Set<string>()
  const siteOf = siteNames(population.frame)
  const slugs = siteSlugs(population.frame.map(siteOf))
  const groups = new Map<string, { rule: string; keys: string[]; booked: number }>()
  const put = (id: string, rule: string, key: string, booked = false): void => {
    const group = groups.get(id)
    if (group) {
      group.keys.push(key)
      if (booked) group.booked++
    } else groups.set(id, { rule, keys: [key], booked: booked ? 1 : 0 })
  }
  for (const unit of population.frame) {
    known.add(unit.key)
    const mustSee =
      unit.critical || (choices.booked && unit.bookedSoon) || [chosen, golden, again].some((list) => list.has(unit.key))
    if (mustSee) put(mustSeeStratum, mustSeeRule(choices), unit.key, unit.bookedSoon)
    else
      put(
        stratumId(unit, slugs.get(siteOf(unit)) ?? noSite, choices),
        stratumRule(unit, siteOf(unit), choices),
        unit.key,
        unit.bookedSoon,
      )
  }
  for (const key of population.targetOnly) put(targetOnlyStratum, 'Exists only in the new system', key)
  const strata = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { rule, keys, booked }]) => ({
      id,
      rule,
      keys,
      booked,
      size: keys.length,
      minimum: minimumOf(id, keys.length, choices),
      ...(id === mustSeeStratum ? { ...countOf('golden', keys, golden), ...countOf('again', keys, again) } : {}),
    }))
  const asked = [...new Set([...choices.chosen, ...(choices.golden ?? [])])]
  return { strata, unknown: asked.filter((key) => !known.has(key)) }
}

function countOf(
  name: 'golden' | 'again',
  keys: readonly string[],
  list: ReadonlySet<string>,
): { readonly [name: string]: number } {
  return list.size === 0 ? {} : { [name]: keys.filter((key) => list.has(key)).length }
}

function minimumOf(id: string, size: number, choices: StrataChoices): number {
  if (id === mustSeeStratum) return size
  const wanted = choices.minimums.get(id) ?? (id === targetOnlyStratum ? size : 0)
  return Math.min(Math.max(0, wanted), size)
}

/** The site of a unit by name; sites with few records are one. */
function siteNames(frame: readonly FrameUnit[]): (unit: FrameUnit) => string {
  const sizes = new Map<string, number>()
  for (const { site } of frame) sizes.set(site, (sizes.get(site) ?? 0) + 1)
  return ({ site }) => (site === '' || (sizes.get(site) ?? 0) >= fewestToName ? site : otherSites)
}

function stratumId(unit: FrameUnit, slug: string, choices: StrataChoices): string {
  const parts: string[] = []
  if (choices.bySite) parts.push(`site-${slug}`)
  if (choices.byAllergies) parts.push(unit.allergies ? 'allergies' : 'no-allergies')
  if (choices.byMedicines) parts.push(unit.fiveMedicines ? 'five-medicines' : 'fewer-medicines')
  return parts.join('-') || allRecords
}

function stratumRule(unit: FrameUnit, site: string, choices: StrataChoices): string {
  const parts: string[] = []
  if (choices.bySite) parts.push(site === '' ? 'no site' : site === otherSites ? otherSites : `site ${site}`)
  if (choices.byAllergies) parts.push(unit.allergies ? 'allergies recorded' : 'no allergies recorded')
  if (choices.byMedicines) parts.push(unit.fiveMedicines ? '5 or more medicines' : 'fewer than 5 medicines')
  return parts.join(', ') || 'All records of the old system'
}

function mustSeeRule(choices: StrataChoices): string {
  const parts = ['open critical finding']
  if (choices.booked) parts.push('booked in the next 30 days')
  if ((choices.golden ?? []).length > 0) parts.push('golden patient')
  if ((choices.again ?? []).length > 0) parts.push('found wrong before and to be read again')
  if (choices.chosen.length > 0) parts.push('chosen by hand')
  return parts.join(', ')
}

function slugOf(site: string): string {
  const slug = site
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 24)
  return slug === '' ? 'named' : slug
}

const noSite = 'none'

/** One slug for each site: names that no Latin letter is left of, or that differ only in what a slug drops, are numbered. */
function siteSlugs(sites: readonly string[]): ReadonlyMap<string, string> {
  const slugs = new Map([['', noSite]])
  const taken = new Set([noSite])
  for (const site of [...new Set(sites)].sort()) {
    if (site === '') continue
    const base = slugOf(site)
    let slug = base
    for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`
    slugs.set(site, slug)
    taken.add(slug)
  }
  return slugs
}
