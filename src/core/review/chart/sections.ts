/** Which section of a chart a record belongs to: by its resource type, or by the words of its table. */
import { domainOf } from '../../data/crosswalk/plan/elements.ts'
import type { ChartSectionId } from '../model/chart.ts'

/** Types whose name does not say it in the words below. */
const byType: ReadonlyMap<string, ChartSectionId> = new Map<string, ChartSectionId>([
  ['ServiceRequest', 'visits'],
  ['Flag', 'problems'],
  ['List', 'allergies'],
  ['QuestionnaireResponse', 'documents'],
  ['Composition', 'documents'],
  ['Media', 'documents'],
])

/** Usual words of table names, the more telling first. */
const byWords: readonly (readonly [RegExp, ChartSectionId])[] = [
  [/allerg|intoleran/i, 'allergies'],
  [/immuni|vaccin/i, 'immunisations'],
  [/medic|drug|prescri|\brx\b|dosage/i, 'medicines'],
  [/problem|condition|diagnos|history|care.?plan|goal/i, 'problems'],
  [/result|\blab|observ|vital|measure|imaging|specimen/i, 'results'],
  [/note|document|letter|attach|scan|consent|report/i, 'documents'],
  [/visit|encounter|appoint|booking|admission|procedure|referral|episode/i, 'visits'],
  [/patient|person|address|contact|insur|payer|coverage|demogr/i, 'demographics'],
]

export function sectionOfType(type: string): ChartSectionId {
  const named = byType.get(type)
  if (named) return named
  const domain = domainOf(type)
  return domain === 'notes' ? 'documents' : domain === 'other' ? sectionOfWords(type) : domain
}

/** Sections whose own kind of record is among these types or tables: a list or a flag beside them does not stand for the kind. */
export function sectionsKnown(kinds: Iterable<string>): readonly ChartSectionId[] {
  return [...new Set([...kinds].map(sectionOfKind))].filter((section) => section !== 'other').sort()
}

function sectionOfKind(type: string): ChartSectionId {
  const section = sectionOfType(type)
  return !/^[A-Z][a-z]/.test(type) || domainOf(type) !== 'other' || section === 'visits' ? section : 'other'
}

export function sectionOfWords(name: string): ChartSectionId {
  const spaced = name.replaceAll('_', ' ')
  return byWords.find(([words]) => words.test(spaced))?.[1] ?? 'other'
}
