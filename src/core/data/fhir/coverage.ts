/** What could not be judged in a run, with exact counts: it is told, never silently skipped. */
import type { NotEvaluated } from '../validation.ts'

/** Names kept per group; further ones are counted together, so that foreign names can not fill the memory. */
const mostNames = 500
const mostListed = 250

/** Why something was left out; the order is the order of the report. */
const groups = {
  invariant: {
    what: (names: number, uses: number) => `${count(names, 'FHIRPath rule')} of the specification, on ${count(uses, 'value')}`,
    why: 'Rules written in FHIRPath are not evaluated yet; the specification states them under these keys',
  },
  requiredValueSet: {
    what: (names: number, uses: number) => `Codes of ${count(names, 'required value set')}, on ${count(uses, 'value')}`,
    why: 'The value sets can not be listed without a terminology server',
  },
  advisedValueSet: {
    what: (names: number, uses: number) =>
      `Codes of ${count(names, 'extensible or preferred value set')}, on ${count(uses, 'value')}`,
    why: 'Codes outside these value sets are allowed where none fits; they are not compared yet',
  },
  profile: {
    what: (names: number, uses: number) => `${count(names, 'profile')} named in meta.profile, on ${count(uses, 'resource')}`,
    why: 'Resources are judged against base FHIR R4 only',
  },
  extension: {
    what: (names: number, uses: number) => `Contents of ${count(names, 'extension')}, on ${count(uses, 'value')}`,
    why: 'Extensions are judged by their form, not by their definitions',
  },
  modifierExtension: {
    what: (names: number, uses: number) => `Meaning of ${count(names, 'modifier extension')}, on ${count(uses, 'value')}`,
    why: 'A modifier extension may turn the meaning of its record around; a person has to read it',
  },
  externalReference: {
    what: (names: number, uses: number) => `${count(uses, 'reference')} to ${count(names, 'other server')}`,
    why: 'Records on other servers are not looked up',
  },
  openReference: {
    what: (names: number, uses: number) =>
      `${count(uses, 'reference')} to records of ${count(names, 'type')} that no input holds`,
    why: 'A reference can be called missing only when records of its type were read, from an export (NDJSON or manifest)',
  },
  logicalReference: {
    what: (_: number, uses: number) => `${count(uses, 'reference')} by identifier or by text only`,
    why: 'Which record an identifier or a text means can not be told from the export alone',
  },
  conditionalReference: {
    what: (_: number, uses: number) => `${count(uses, 'conditional reference')} (Type?query)`,
    why: 'The receiving server resolves them while loading a transaction',
  },
  versionedReference: {
    what: (_: number, uses: number) => `Version of ${count(uses, 'reference')} to a version of a record`,
    why: 'The record is looked up, its version is not compared',
  },
  entryReference: {
    what: (_: number, uses: number) => `${count(uses, 'reference')} by urn:uuid or urn:oid outside a Bundle`,
    why: 'Such an address means an entry of the same Bundle, and there is none to look in',
  },
  bundleShell: {
    what: (_: number, uses: number) =>
      `The frame around ${count(uses, 'Bundle entry', 'Bundle entries')} (type, request, search)`,
    why: 'Entries are read one by one; the resource, its address and its references are judged',
  },
  memory: {
    what: (_: number, uses: number) =>
      `Existence of ${count(uses, 'record or reference', 'records or references')} beyond the memory budget`,
    why: 'The index of ids had reached its stated budget; raise the budget to check all of them',
  },
} as const

export type CoverageGroup = keyof typeof groups

/** Judgements that this version never makes, whatever the data. */
const always: readonly NotEvaluated[] = [
  {
    what: 'Member names that occur twice in one JSON object',
    why: 'Reading keeps the last of two equal names; the first is not seen',
  },
  { what: 'Decimal precision as written (1.0 against 1.00)', why: 'Numbers are judged by value, not by their text' },
  {
    what: 'Document, message and transaction rules of Bundles (bdl-1 to bdl-12)',
    why: 'Addresses and references of entries are judged, the kind of Bundle is not',
  },
]

/** Held by closures that count the same thing for every record. */
export interface Counter {
  values: number
}

export class Coverage {
  private readonly counts = new Map<CoverageGroup, Map<string, Counter>>()

  counter(group: CoverageGroup, name: string): Counter {
    let names = this.counts.get(group)
    if (!names) {
      names = new Map()
      this.counts.set(group, names)
    }
    const key = names.has(name) || names.size < mostNames ? name : 'others'
    let counter = names.get(key)
    if (!counter) {
      counter = { values: 0 }
      names.set(key, counter)
    }
    return counter
  }

  /** Counts values that a named rule would have judged. */
  skip(group: CoverageGroup, name: string, values = 1): void {
    this.counter(group, name).values += values
  }

  list(): readonly NotEvaluated[] {
    const told: NotEvaluated[] = []
    for (const [group, { what, why }] of Object.entries(groups)) {
      const met = [...(this.counts.get(group as CoverageGroup) ?? [])].filter(([, counter]) => counter.values > 0)
      if (met.length === 0) continue
      const uses = met.reduce((sum, [, counter]) => sum + counter.values, 0)
      const sorted = met
        .map(([name]) => name)
        .filter((name) => name !== '')
        .sort()
      const more = sorted.length > mostListed ? ` and ${sorted.length - mostListed} more` : ''
      const list = `${sorted.slice(0, mostListed).join(', ')}${more}`
      told.push({ what: what(sorted.length, uses), why: sorted.length === 0 ? `${why}.` : `${why}: ${list}.` })
    }
    return [...told, ...always]
  }
}

/** Canonical addresses may be listed; a text that is none, or carries a query, could be a value of a record. */
export function listedAddress(url: string): string {
  return /^(?:https?:\/\/|urn:)[^\s?#]{1,200}$/.test(url) ? url : 'others'
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${n === 1 ? one : many}`
}
