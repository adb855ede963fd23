/** Findings as sentences: what, how many of how many, which patients, what next. */
import { type SafetyClass, safetyClasses } from '../../finding.ts'
import { safetyWords } from '../blast-radius/severity-table.ts'
import { countOf, placeOf, type ReportDocument, thousands } from './document.ts'
import type { ReportFinding } from './report-finding.ts'

/** "Required values that are missing: 3 of 900 in DOB of patients.csv; 3 patients. Fill the values in …" */
export function sentenceOf(finding: ReportFinding, report: Pick<ReportDocument, 'inputs'>): string {
  const file = finding.input === null ? '' : ` of ${report.inputs[finding.input]?.path ?? ''}`
  const place = placeOf(finding) === 'file' ? (file === '' ? '' : ` in ${file.slice(4)}`) : ` in ${placeOf(finding)}${file}`
  return `${finding.title}: ${countOf(finding)}${place}${patientsOf(finding)}. ${finding.remedy}`
}

/** "; 310 patients", with what is not known about them; nothing where the place has no patients. */
export function patientsOf({ patients, withoutPatient }: Pick<ReportFinding, 'patients' | 'withoutPatient'>): string {
  if (patients === null) return ''
  const without = withoutPatient === 0 ? '' : `, ${thousands(withoutPatient)} in records of unknown patients`
  return `; ${patientCount(patients)}${without}`
}

export function patientCount(count: number): string {
  return `${thousands(count)} ${count === 1 ? 'patient' : 'patients'}`
}

/** One sentence per side: the patients any critical finding is about, in all and by what it is about. */
export function riskSentences({ patientsAtRisk }: Pick<ReportDocument, 'patientsAtRisk'>): string[] {
  return patientsAtRisk.map(({ side, patients, of, bySafety }) => {
    const where = side === null ? '' : `${side === 'legacy' ? 'Legacy' : 'Target'} side: `
    const known = of === null ? '' : ` of ${thousands(of)}`
    const classes = safetyClasses
      .filter((safety) => (bySafety[safety] ?? 0) > 0)
      .map((safety) => part(safety, bySafety[safety] ?? 0))
    const split = classes.length === 0 ? '' : ` (${classes.join(', ')})`
    return `${where}${where === '' ? 'Critical' : 'critical'} findings touch ${thousands(patients)}${known} ${patients === 1 && of === null ? 'patient' : 'patients'}${split}.`
  })
}

/** How the run stands against the earlier one; empty where it was not compared. */
export function comparisonSentence({ comparison }: Pick<ReportDocument, 'comparison'>): string[] {
  if (!comparison) return []
  const { counts, hidden, notRead } = comparison
  const rest = hidden === 0 ? '' : ` ${thousands(hidden)} that were known or accepted are not listed.`
  return [
    `Against the earlier run: ${counts.new} new, ${counts.changed} changed, ${counts.known} known, ${counts.fixed} fixed.${rest}`,
    ...notRead.map(
      ({ input, findings }) =>
        `${input} was not read whole in this run; its ${thousands(findings)} earlier ${findings === 1 ? 'finding is' : 'findings are'} not compared.`,
    ),
  ]
}

function part(safety: SafetyClass, count: number): string {
  return `${safetyWords[safety]} ${thousands(count)}`
}
