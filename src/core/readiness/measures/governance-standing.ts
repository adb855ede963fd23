/** Governance (item 7): who decides each matter, and whether the log of decisions follows it. One source of criterion, view and report. */

import { dayText } from '../../values/day.ts'
import { matters } from '../input-files/governance-files.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import { beside } from './lines.ts'
import { plainName } from './role-tasks.ts'

export type MatterRow = EvidenceOf['governance']['rows'][number]
export type DecisionRow = EvidenceOf['decisions']['rows'][number]

export interface MatterStanding {
  readonly matter: (typeof matters)[number]
  readonly row: MatterRow | null
  /** What is not settled about it, in words; null where all is. */
  readonly open: string | null
  readonly decisions: readonly { readonly row: DecisionRow; readonly open: string | null }[]
}

/** Decided by a clinician: DCB0160 asks it of clinical safety; of the work itself and of going live we do. */
const byClinicians: ReadonlySet<string> = new Set(['clinical-safety', 'workflow', 'go-live'])

export function governanceStanding(rows: readonly MatterRow[], log: readonly DecisionRow[]): readonly MatterStanding[] {
  return matters.map((matter) => {
    const row = rows.find((each) => each.matter === matter) ?? null
    const decisions = log
      .filter((each) => each.matter === matter)
      .map((each) => ({ row: each, open: row && decisionWords(each, row) }))
    return { matter, row, open: row === null ? 'nobody is named' : matterWords(row), decisions }
  })
}

function matterWords(row: MatterRow): string | null {
  const parts: string[] = []
  if (byClinicians.has(row.matter) && !row.clinical) parts.push('a clinician has to decide it')
  if (row.deputy === null) parts.push('no deputy')
  if (row.escalates_to === null) parts.push('no way to escalate')
  else if (plainName(row.escalates_to) === plainName(row.decides)) parts.push('escalates to the same role')
  if (row.within_days === null) parts.push('no days to decide in')
  if (row.agreed_on === null || row.agreed_by === null) parts.push('nobody agreed to it with a date')
  return parts.length === 0 ? null : parts.join(', ')
}

/** Whether a decision was made by who decides, with a name, and in time. */
function decisionWords(decision: DecisionRow, row: MatterRow): string | null {
  const parts: string[] = []
  const may = [row.decides, row.deputy, decision.escalated_to === null ? null : row.escalates_to].flatMap((role) =>
    role === null ? [] : [plainName(role)],
  )
  if (!decision.deciders.some((role) => may.includes(plainName(role)))) parts.push(`not decided by ${row.decides}`)
  if (decision.decided_by === null) parts.push('no person is named')
  const days = decision.asked_at === null ? null : (decision.made_at.at - decision.asked_at.at) / 86_400_000
  if (days !== null && row.within_days !== null && days > row.within_days && decision.escalated_to === null)
    parts.push(`${beside(days, row.within_days, 0)} days open and not escalated; ${row.within_days} are agreed`)
  return parts.length === 0 ? null : parts.join(', ')
}

/** Who answers for the change before all clinicians; none where the file names nobody, or no clinician. */
export function sponsorOf(rows: readonly MatterRow[]): MatterRow | null {
  return rows.find(({ sponsor, clinical }) => sponsor === true && clinical) ?? null
}

/** "01-Oct-2025, Head of the clinic". */
export function agreedWords({ agreed_on, agreed_by }: MatterRow): string {
  return agreed_on === null || agreed_by === null ? 'not agreed' : `${dayText(agreed_on)}, ${agreed_by}`
}
