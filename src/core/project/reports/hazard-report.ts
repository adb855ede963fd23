/** The hazard log in words, as a spreadsheet and as a page: for people, with cells that no spreadsheet takes for a formula. */
import { counted } from '../../counted.ts'
import { dayText } from '../../values/day.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { Grade, Hazard, HazardSource } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import {
  hazardsOf,
  likelihoodWords,
  residualRisk,
  riskOf,
  riskWords,
  severityWords,
  standingActs,
} from '../hazards/log/hazard-log.ts'
import { reasonOf, textsShown } from '../hazards/log/hazard-texts.ts'
import { isLogSigned, lastSafetySignature } from '../hazards/safety-page.ts'

/** "4, must be eliminated or controlled" */
export function riskText(risk: Grade): string {
  return `${risk}, ${riskWords[risk - 1] ?? ''}`
}

export function gradeText(words: readonly string[], grade: Grade): string {
  return `${grade} ${words[grade - 1] ?? ''}`
}

/** Where it came from, in one phrase. */
export function sourceText({ kind, code, domain, run, occurrences, harmful, wrong }: HazardSource): string {
  if (kind === 'named') return 'named by a person'
  if (kind === 'finding') return `${code ?? ''}, ${counted(occurrences ?? 0, 'occurrence')} in run #${run ?? 0}`
  return `${code ?? ''} in ${domain ?? ''}: ${harmful ?? 0} harmful, ${wrong ?? 0} wrong`
}

const head = [
  'id',
  'hazard',
  'cause',
  'effect',
  'severity',
  'likelihood',
  'risk',
  'controls',
  'residual_severity',
  'residual_likelihood',
  'residual_risk',
  'owner',
  'status',
  'from',
  'last_by',
  'last_at',
  'last_reason',
]

function cellsOf(hazard: Hazard, project: Project): readonly (string | number | null)[] {
  const last = standingActs(project).findLast(({ after }) => after.id === hazard.id)
  const { severity, likelihood, residualSeverity, residualLikelihood } = hazard
  const texts = textsShown(project, hazard)
  return [
    hazard.id,
    texts.hazard,
    texts.cause,
    texts.effect,
    gradeText(severityWords, severity),
    gradeText(likelihoodWords, likelihood),
    riskText(riskOf(severity, likelihood)),
    texts.controls,
    residualSeverity === null ? null : gradeText(severityWords, residualSeverity),
    residualLikelihood === null ? null : gradeText(likelihoodWords, residualLikelihood),
    residualText(hazard),
    texts.owner,
    hazard.status,
    sourceText(hazard.from),
    last?.by ?? null,
    last === undefined ? null : dayText(last.at),
    last === undefined ? null : reasonOf(project, last),
  ]
}

function residualText(hazard: Hazard): string | null {
  const risk = residualRisk(hazard)
  return risk === null ? null : riskText(risk)
}

export function hazardsCsv(project: Project): string {
  const lines = hazardsOf(project).map((hazard) => cellsOf(hazard, project))
  return [head, ...lines].map((cells) => `${csvLine(cells, 'spreadsheet')}\r\n`).join('')
}

/** Who signed the log last, and whether it moved on since; null where nobody has. */
export function signedText(project: Project): string | null {
  const last = lastSafetySignature(project.ledger)
  if (!last) return null
  const since = isLogSigned(project) ? '' : ' The log was changed since.'
  return `Signed by ${last.page.name} (${last.page.role}) on ${dayText(last.entry.time.wall)}: ${last.page.statement}${since}`
}

export function hazardsMarkdown(project: Project): string {
  const { name, legacy, target } = project.manifest
  const hazards = hazardsOf(project)
  const blocks = hazards.map((hazard) => {
    const { severity, likelihood } = hazard
    const initial = `${gradeText(severityWords, severity)} × ${gradeText(likelihoodWords, likelihood)}: risk ${riskText(riskOf(severity, likelihood))}`
    const texts = textsShown(project, hazard)
    const acts = standingActs(project).filter(({ after }) => after.id === hazard.id)
    return [
      `## ${hazard.id} ${plain(texts.hazard)}`,
      '',
      `- Status: ${hazard.status}`,
      `- Cause: ${plain(texts.cause)}`,
      `- Effect: ${plain(texts.effect)}`,
      `- Initial risk: ${initial}`,
      `- Controls: ${plain(texts.controls) || 'none written'}`,
      `- Residual risk: ${residualText(hazard) ?? 'not judged'}`,
      `- Owner: ${plain(texts.owner) || 'nobody named'}`,
      `- From: ${plain(sourceText(hazard.from))}`,
      ...acts.map((act) => {
        const { action, by, at } = act
        return `- ${dayText(at)}: ${action.replace('-', ' ')} by ${plain(by)}: ${plain(reasonOf(project, act))}`
      }),
      '',
    ].join('\n')
  })
  const signed = signedText(project) ?? 'Nobody has signed this log.'
  const intro = `Severity, likelihood and risk from 1 to 5 in the terms of DCB0129 and DCB0160.`
  const top = [
    `# Hazard log of ${plain(name)}`,
    '',
    `${plain(legacy)} to ${plain(target)}. ${counted(hazards.length, 'hazard')}. ${intro}`,
    '',
    plain(signed),
    '',
  ]
  return [...top, ...blocks].join('\n')
}

/** One line without marks of Markdown or markup. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!]/g, '\\$&')
}
