/**
 * Hazards that the evidence asks for: one for each code among the critical findings of the current run, one for each reason and domain that
 * readers called harmful or wrong. Grades are a first guess that a person judges again; where no count tells, they are the careful ones.
 */
import { counted } from '../../counted.ts'
import type { Grade, HazardWords } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import type { RunFinding } from '../format/run.ts'
import type { HazardDraft } from '../hazards/hazard-acts.ts'
import { hazardId } from '../hazards/hazard-acts.ts'
import { hazardsOf } from '../hazards/log/hazard-log.ts'
import { type WorklistRow, worklistOf } from '../sample/worklist-file.ts'
import { currentRun } from '../signing/signature.ts'
import { wordingOf } from './wording.ts'

/** Hazards that the log does not have yet, in the order of their codes. */
export function proposedHazards(project: Project): readonly HazardDraft[] {
  const known = new Set(hazardsOf(project).map(({ id }) => id))
  return [...fromFindings(project), ...fromVerdicts(project)].filter(({ id }) => !known.has(id))
}

function fromFindings(project: Project): readonly HazardDraft[] {
  const run = currentRun(project)
  if (!run) return []
  const byCode = grouped(
    run.findings.filter(({ severity }) => severity === 'critical'),
    ({ code }) => code,
  )
  return [...byCode]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, findings]): HazardDraft => {
      const occurrences = findings.reduce((sum, { count }) => sum + count, 0)
      const patients = findings.reduce<number | null>(
        (most, each) => (each.patients === null ? most : Math.max(most ?? 0, each.patients)),
        null,
      )
      const places = [...new Set(findings.map(({ place, input }) => (input === null ? place : `${input}: ${place}`)))].sort()
      const shown = places.slice(0, 3).join('; ')
      const cause = `${counted(occurrences, 'occurrence')} of ${code} in run #${run.number}, in ${shown}${places.length > 3 ? ` and ${places.length - 3} more places` : ''}.`
      const from = {
        kind: 'finding',
        code,
        domain: null,
        run: run.number,
        occurrences,
        patients,
        harmful: null,
        wrong: null,
      } as const
      return { id: hazardId('finding', code), words: words(code, cause, 4, likelihoodOf(findings)), from }
    })
}

function fromVerdicts(project: Project): readonly HazardDraft[] {
  const { rows } = worklistOf(project)
  const read = Math.max(1, project.review.draw?.records.length ?? 0)
  const open = rows.filter(({ state }) => state !== 'closed' && state !== 'withdrawn')
  const byCause = grouped(open, ({ finding }) => `${finding.code} ${finding.domain}`)
  return [...byCause]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]): readonly HazardDraft[] => {
      const [first] = own
      if (!first) return []
      const { code, domain } = first.finding
      const harmful = count(own, 'harmful')
      const wrong = count(own, 'wrong')
      const run = Math.max(...own.map(({ finding }) => finding.run))
      const records = new Set(own.map(({ finding }) => finding.record)).size
      const cause = `Readers called ${counted(harmful, 'difference')} harmful and ${wrong} wrong in ${domain}, in ${counted(records, 'record')} (${code}).`
      const from = { kind: 'verdicts', code, domain, run, occurrences: own.length, patients: records, harmful, wrong } as const
      return [
        { id: hazardId('verdicts', code, domain), words: words(code, cause, harmful > 0 ? 4 : 3, gradeOf(records / read)), from },
      ]
    })
}

function count(rows: readonly WorklistRow[], verdict: 'harmful' | 'wrong'): number {
  return rows.filter(({ finding }) => finding.verdict === verdict).length
}

function words(code: string, cause: string, severity: Grade, likelihood: Grade): HazardWords {
  const wording = wordingOf(code)
  return {
    hazard: wording?.title ?? code,
    cause,
    effect: wording?.why ?? 'To be judged by the clinical safety officer.',
    severity,
    likelihood,
    controls: '',
    residualSeverity: null,
    residualLikelihood: null,
    owner: '',
  }
}

function likelihoodOf(findings: readonly RunFinding[]): Grade {
  const shares = findings.flatMap(({ count: n, denominator }) =>
    denominator === null || denominator === 0 ? [] : [n / denominator],
  )
  return shares.length === 0 ? 3 : gradeOf(Math.max(...shares))
}

/** By share of what was looked at: from one in ten on very high, each step a tenth. The standards leave these borders to the organisation. */
function gradeOf(share: number): Grade {
  if (share >= 0.1) return 5
  if (share >= 0.01) return 4
  if (share >= 0.001) return 3
  return share >= 0.0001 ? 2 : 1
}

function grouped<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item])
  return groups
}
