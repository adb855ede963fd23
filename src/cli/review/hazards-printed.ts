/** The hazard log on standard output: its risks, what it does not have yet, and who signed it. */
import { counted } from '../../core/counted.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { Project } from '../../core/project/format/project.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { hazardActs, hazardsOf, residualRisk, riskOf } from '../../core/project/hazards/log/hazard-log.ts'
import { textsShown } from '../../core/project/hazards/log/hazard-texts.ts'
import { proposedHazards } from '../../core/project/reports/hazard-proposals.ts'
import { hazardsCsv, hazardsMarkdown, riskText, signedText } from '../../core/project/reports/hazard-report.ts'
import { readProject } from '../../io/store/store-node.ts'
import { printExact, printOut } from '../shell/print.ts'
import { InputError } from '../shell/usage-error.ts'

export type HazardFormat = 'text' | 'csv' | 'markdown' | 'json'

/** @throws InputError where there is no project, or where its log can not be read */
export async function printHazards(path: string, format: HazardFormat | undefined): Promise<void> {
  const files = await readProject(path).catch((error: unknown) => {
    throw error instanceof StoreProblem ? new InputError(error.message) : error
  })
  const { project } = openProject(files)
  if (!project) throw new InputError(`${path} holds no carryover.json that can be read: it is not a Carryover project.`)
  if (!hazardActs(project))
    throw new InputError(`${path}: review/hazards.json can not be read. Restore it from a backup of the project.`)
  const chosen = format ?? (process.stdout.isTTY ? 'text' : 'json')
  if (chosen === 'csv') printExact(written(project, chosen))
  else printOut(written(project, chosen))
}

function written(project: Project, format: HazardFormat): string {
  if (format === 'csv') return hazardsCsv(project)
  if (format === 'markdown') return hazardsMarkdown(project)
  if (format === 'text') return textOf(project)
  const hazards = hazardsOf(project).map((hazard) => ({
    ...hazard,
    ...textsShown(project, hazard),
    risk: riskOf(hazard.severity, hazard.likelihood),
    residualRisk: residualRisk(hazard),
  }))
  const missing = proposedHazards(project).map(({ id, from }) => ({ id, from }))
  return `${JSON.stringify({ hazards, missing, signed: signedText(project) }, null, 2)}\n`
}

function textOf(project: Project): string {
  const hazards = hazardsOf(project)
  const missing = proposedHazards(project)
  const lines = hazards.map((hazard) => {
    const initial = riskOf(hazard.severity, hazard.likelihood)
    const residual = residualRisk(hazard)
    return `${hazard.id}  ${hazard.status.padEnd(10)}  risk ${initial} → ${residual ?? '?'}  ${textsShown(project, hazard).hazard} (${riskText(residual ?? initial)})`
  })
  const open = missing.map(({ id, words }) => `${id}  not in the log  ${words.hazard}`)
  const head = hazards.length === 0 ? 'The hazard log is empty.' : `${counted(hazards.length, 'hazard')} in the log.`
  const rest = missing.length === 0 ? 'No cause is without a hazard.' : `${counted(missing.length, 'cause')} without a hazard.`
  return `${[head, ...lines, rest, ...open, signedText(project) ?? 'Nobody has signed this log.'].join('\n')}\n`
}
