/** What could not be judged in a run, with exact counts: it is told, never silently skipped. */
import type { NotEvaluated } from '../../../finding.ts'

/** Names kept per group; further ones are counted together, so that foreign names can not fill the memory. */
const mostNames = 500
const mostListed = 250

/** Why something was left out; the order is the order of the report. */
const groups = {
  invariant: {
    what: (names: number, uses: number) => `${count(names, 'FHIRPath rule')}, on ${count(uses, 'value')}`,
    why: 'The expressions could not be followed here',
  },
  goodPractice: {
    what: (names: number, uses: number) =>
      `${count(names, 'piece of advice', 'pieces of advice')} of good practice, on ${count(uses, 'value')}`,
    why: 'R4 recommends and does not demand them; the setting best-practice asks for them',
  },
  requiredValueSet: {
    what: (names: number, uses: number) => `Codes of ${count(names, 'required value set')}, on ${count(uses, 'value')}`,
    why: 'The value sets can not be listed without a terminology server',
  },
  advisedValueSet: {
    what: (names: number, uses: number) =>
      `Codes of ${count(names, 'extensible or preferred value set')}, on ${count(uses, 'value')}`,
    why: 'These value sets, which are advice, can not be listed without a terminology server',
  },
  profile: {
    what: (names: number, uses: number) => `${count(names, 'profile')}, on ${count(uses, 'value')}`,
    why: 'These profiles are not loaded, or rest on one that is not; the base rules of FHIR R4 were judged',
  },
  bound: {
    what: (names: number, uses: number) =>
      `${count(names, 'least or greatest value', 'least or greatest values')} of profiles, on ${count(uses, 'value')}`,
    why: 'The value and the bound can not be compared: other units, or no day of the run to count from',
  },
  slice: {
    what: (names: number, uses: number) => `${count(names, 'slicing')} of profiles, on ${count(uses, 'value')}`,
    why: 'Whether a value belongs to a slice could not be told, so no entry is called missing there',
  },
  questionnaire: {
    what: (names: number, uses: number) => `Answers to ${count(names, 'questionnaire')}, in ${count(uses, 'response')}`,
    why: 'The questionnaires are not loaded, or not in the version that is named, so only the form of the answers was judged',
  },
  condition: {
    what: (names: number, uses: number) =>
      `${count(uses, 'required answer')} that may be missing, in ${count(names, 'questionnaire')}`,
    why: 'Whether these questions are asked depends on an answer that is missing too, or on a date that is too coarse',
  },
  extension: {
    what: (names: number, uses: number) => `Contents of ${count(names, 'extension')}, on ${count(uses, 'value')}`,
    why: 'No definition of these extensions is loaded, so only their form was judged',
  },
  extensionContext: {
    what: (names: number, uses: number) => `Place of ${count(names, 'extension')}, on ${count(uses, 'value')}`,
    why: 'Their definitions say by an expression, a profile or a slice where they may stand',
  },
  containedOff: {
    what: (_: number, uses: number) => count(uses, 'contained resource'),
    why: 'The settings of this run leave them out (validateContains=IGNORE)',
  },
  referencesOff: {
    what: (_: number, uses: number) => `Existence or type of the target of ${count(uses, 'reference')}`,
    why: 'The settings of this run do not ask for it (validateReference, assumeValidRestReferences)',
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
  incompleteType: {
    what: (names: number, uses: number) =>
      `${count(uses, 'reference')} to records of ${count(names, 'type')} that are not here whole`,
    why: 'The manifest lists files of these types that are missing or short, so what a reference finds nothing of may be in them',
  },
  notJudged: {
    what: (names: number, uses: number) =>
      `${count(uses, 'reference')} to records of ${count(names, 'type')} that may not be judged`,
    why: 'Some bytes of the files were not judged, so what a reference finds nothing of may lie there',
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
    what: (_: number, uses: number) => `${count(uses, 'reference')} that only a Bundle could resolve`,
    why: 'An address by urn:uuid or urn:oid, or one relative to an entry, means an entry of the same Bundle, and none has it',
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
    what: 'Decimal precision as written (1.0 against 1.00)',
    why: 'Numbers are judged by value; only those with more digits than are kept are told',
  },
]

/** Held by closures that count the same thing for every record. */
export interface Counter {
  values: number
}

/** Counts of one thread for the report of all. */
export interface CoverageTotals {
  readonly leftOut: readonly (readonly [group: CoverageGroup, name: string, values: number])[]
  readonly evaluated: readonly string[]
}

export class Coverage {
  /** Constraints, value sets and profiles that were held against at least one value. */
  private readonly evaluated = new Set<string>()

  /** A rule is bound when the first value comes that it is about; bound means judged. */
  ran(kind: 'constraint' | 'value set' | 'profile', name: string): void {
    this.evaluated.add(`${kind} ${name}`)
  }

  get rulesRun(): number {
    return this.evaluated.size
  }

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
  leaveOut(group: CoverageGroup, name: string, values = 1): void {
    this.counter(group, name).values += values
  }

  /** All that count, at this moment. */
  *counters(): Generator<Counter> {
    for (const names of this.counts.values()) yield* names.values()
  }

  totals(): CoverageTotals {
    const leftOut = [...this.counts].flatMap(([group, names]) =>
      [...names].map(([name, { values }]) => [group, name, values] as const),
    )
    return { leftOut, evaluated: [...this.evaluated] }
  }

  add({ leftOut, evaluated }: CoverageTotals): void {
    for (const [group, name, values] of leftOut) this.leaveOut(group, name, values)
    for (const name of evaluated) this.evaluated.add(name)
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
