/** The same findings over a row of trial loads: n of N in each, so that a team sees whether it is getting better. */
import { compareText, type Severity, severities } from '../../finding.ts'
import { type ComparedFinding, fileName } from './compare-runs.ts'
import type { ReadInput } from './read-baseline.ts'

export interface TrendRun {
  readonly findings: readonly ComparedFinding[]
  /** Inputs that it read whole; null where it does not say. */
  readonly inputs?: readonly ReadInput[] | null
}

export interface TrendPoint {
  /** Occurrences; 0 where the run does not have the finding, null where it did not read the file. */
  readonly n: number | null
  /** Values tested; where the run does not have the finding, the records of the file. Null where the run does not say. */
  readonly of: number | null
  readonly patients: number | null
}

export interface TrendLine {
  readonly code: string
  readonly place: string
  readonly input: string | null
  /** Worst severity it had in any run. */
  readonly severity: Severity
  /** One point per run, in their order. */
  readonly points: readonly TrendPoint[]
}

/** One line per code and place, those that are worst in the last run first. */
export function trendOf(runs: readonly TrendRun[]): readonly TrendLine[] {
  const lines = new Map<string, { first: ComparedFinding; severity: Severity; points: TrendPoint[] }>()
  runs.forEach(({ findings }, run) => {
    for (const finding of findings) {
      const name = JSON.stringify([finding.code, finding.input === null ? null : fileName(finding.input), finding.place])
      const line = lines.get(name) ?? {
        first: finding,
        severity: finding.severity,
        points: runs.map((each) => withoutIt(each, finding.input)),
      }
      if (severities.indexOf(finding.severity) < severities.indexOf(line.severity)) line.severity = finding.severity
      line.points[run] = added(line.points[run] ?? none, finding)
      lines.set(name, line)
    }
  })
  return [...lines.values()]
    .map(({ first, severity, points }) => ({ code: first.code, place: first.place, input: first.input, severity, points }))
    .sort(byLast)
}

const none: TrendPoint = { n: 0, of: null, patients: null }

/** A clean load is 0 of the records it had, which is another thing than a load that did not bring the file. */
function withoutIt({ inputs }: TrendRun, input: string | null): TrendPoint {
  if (!inputs || input === null) return none
  const read = inputs.filter(({ name }) => fileName(name) === fileName(input))
  if (read.length === 0) return { n: null, of: null, patients: null }
  const records = read.map((each) => each.records)
  return { n: 0, of: records.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0), patients: 0 }
}

/** One code at one place may come in two severities, of different records; patients of both can not be added up. */
function added(point: TrendPoint, { count, denominator, patients }: ComparedFinding): TrendPoint {
  const before = point.n ?? 0
  return { n: before + count, of: denominator ?? (before === 0 ? null : point.of), patients: before === 0 ? patients : null }
}

function byLast(a: TrendLine, b: TrendLine): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (b.points.at(-1)?.n ?? 0) - (a.points.at(-1)?.n ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.input ?? '', b.input ?? '') ||
    compareText(a.place, b.place)
  )
}
