/** A reading problem as a sighting, with its place and its numbers. */
import type { Fact, Location, Severity } from '../../finding.ts'
import type { ReadProblem } from './events.ts'

export interface TablePlace {
  readonly input: number
  readonly header: readonly string[]
}

export interface Where {
  readonly record: number
  readonly line: number
  readonly byte: number
}

/** A problem at a record or cell; `field` null for the record as a whole. */
export function problemAt(
  code: string,
  place: TablePlace,
  field: string | null,
  where: Where,
  facts: readonly Fact[],
  excerpt?: string,
  severity?: Severity,
): ReadProblem {
  return told(code, { kind: 'cell', input: place.input, field, path: null, ...where, id: null }, field, facts, excerpt, severity)
}

/** A problem of the file as a whole, or of the line at `where`. */
export function problemIn(
  code: string,
  place: TablePlace,
  where: { line: number; byte: number } | null,
  facts: readonly Fact[],
  excerpt?: string,
): ReadProblem {
  return told(
    code,
    { kind: 'input', input: place.input, line: where?.line ?? null, byte: where?.byte ?? null },
    null,
    facts,
    excerpt,
  )
}

function told(
  code: string,
  at: Location,
  field: string | null,
  facts: readonly Fact[],
  excerpt?: string,
  severity?: Severity,
): ReadProblem {
  return {
    place: field ?? '',
    sighting: {
      code,
      at,
      evidence: { facts, ...(excerpt === undefined ? {} : { excerpt }) },
      ...(severity === undefined ? {} : { severity }),
    },
  }
}
