/** How grave a finding is: the check's own severity, raised by what its place is about, then what the project says. Fixed before a record is read. */
import { type SafetyClass, type Severity, severities } from '../../finding.ts'
import type { Effect } from '../../rule.ts'
import { wordingOf } from '../checks/index.ts'
import type { TableSafety } from '../model/validation.ts'
import { resourceSafety } from './resource-safety.ts'
import { type SeverityRule, severityRuleFor } from './severity-policy.ts'
import { effectWords, raised, safetyWords } from './severity-table.ts'

/** What decides how grave the findings of a table are. */
export interface TableGravity {
  readonly table: string
  readonly safety: TableSafety | null
  /** Columns that name the patient, or lead to it. */
  readonly patientFields: readonly string[]
  /** Columns of the primary key. */
  readonly keyFields: readonly string[]
}

/** A check that watches every column, or a rule that the run read off the data itself. */
export type Guess = 'watched' | 'proposed'

interface Grade {
  readonly severity: Severity
  readonly because: string | null
}

export class Gravity {
  private readonly tables = new Map<number, TableGravity>()
  private readonly grades = new Map<string, Grade>()
  private readonly guesses = new Map<string, Guess>()
  private readonly rules: readonly SeverityRule[]

  /** Of the project's rules the first that matches decides. */
  constructor(rules: readonly SeverityRule[]) {
    this.rules = rules
  }

  describe(input: number, table: TableGravity): void {
    this.tables.set(input, table)
  }

  /** Nobody asked for this check there: what it says of usual data is a guess, and what the data are about does not make it surer. */
  guess(code: string, input: number, place: string, how: Guess): void {
    this.guesses.set(guessName(code, input, place), how)
  }

  safetyOfTable(input: number): TableSafety | null {
    return this.tables.get(input)?.safety ?? null
  }

  safetyOf(input: number | null, place: string): SafetyClass | undefined {
    const table = input === null ? undefined : this.tables.get(input)
    return table ? table.safety?.class : (resourceSafety(place) ?? undefined)
  }

  /** `given` is the severity a sighting brings itself. */
  severityOf(code: string, input: number | null, place: string, given: Severity | undefined): Severity {
    const name = gradeName(code, input, place, given)
    const grade = this.grades.get(name) ?? this.grade(code, input, place, given)
    this.grades.set(name, grade)
    return grade.severity
  }

  /** Why findings of a code at a place have this severity, in words; null where it is the check's own. */
  because(code: string, input: number | null, place: string, severity: Severity): string | null {
    for (const given of [undefined, ...severities]) {
      const grade = this.grades.get(gradeName(code, input, place, given))
      if (grade?.severity === severity && grade.because !== null) return grade.because
    }
    return null
  }

  private grade(code: string, input: number | null, place: string, given: Severity | undefined): Grade {
    const words = wordingOf(code)
    const full = given ?? words?.severity ?? 'error'
    const guess = input === null ? undefined : this.guesses.get(guessName(code, input, place))
    const own = guess === 'proposed' ? stepLess(full) : full
    const table = input === null ? undefined : this.tables.get(input)
    const effect = effectAt(code, place, table, words?.effect)
    const safety = table?.safety?.class
    const level = guess !== undefined ? own : raised(own, effect, safety)
    const rule = severityRuleFor(this.rules, code, table?.table ?? '', place)
    if (rule && rule.severity !== level)
      return { severity: rule.severity, because: `set to ${rule.severity} instead of ${level} by the project: ${rule.because}` }
    if (guess === 'proposed')
      return {
        severity: level,
        because: `${guessWords[code] ?? otherGuess}${level === full ? '' : `: ${level} instead of ${full}`}`,
      }
    const isRaised = level !== own && effect !== undefined && safety !== undefined
    return {
      severity: level,
      because: isRaised ? `${level} instead of ${own}: ${effectWords[effect]} among ${safetyWords[safety]}` : null,
    }
  }
}

/** What a rule that the run proposed itself rests on. */
const guessWords: Readonly<Record<string, string>> = {
  'data/unique-key': 'A guess: this looks like the key of the table, no schema says so',
  'data/foreign-key': 'A guess: this looks like a reference to that table, no schema says so',
}
const otherGuess = 'A guess: the rest of the table is like this, no schema asks for it'

/** Nobody vouches for the rule but the data: what breaks it is worth a look before it is called wrong; a warning stays one. */
function stepLess(severity: Severity): Severity {
  return severity === 'critical' ? 'error' : severity === 'error' ? 'warning' : severity
}

function gradeName(code: string, input: number | null, place: string, given: Severity | undefined): string {
  return `${code}\n${input}\n${place}\n${given ?? ''}`
}

function guessName(code: string, input: number, place: string): string {
  return `${code}\n${input}\n${place}`
}

/** Only keys that identify the record or its patient lose it; any other reference or empty cell has no such effect. */
function effectAt(code: string, place: string, table: TableGravity | undefined, effect: Effect | undefined): Effect | undefined {
  const patient = table !== undefined && table.patientFields.length > 0 && place === table.patientFields.join(' + ')
  if (code === 'data/foreign-key') return patient ? effect : undefined
  if (code === 'data/unique-key') return patient || place === table?.keyFields.join(' + ') ? effect : undefined
  if (code === 'data/required') return patient ? 'lost' : effect
  return effect
}
