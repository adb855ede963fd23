/** Every report of a project, by the word the command line and the pages use. */
import type { Project } from '../../project/format/project.ts'
import { statedName } from '../../project/format/sample-name.ts'
import { assess, type ReadinessBoard } from '../board/board.ts'
import { criteria } from '../criteria/index.ts'
import type { Verification } from '../evidence/evidence.ts'
import { inputFiles } from '../input-files/files.ts'
import { exampleKinds } from '../kept-files/examples.ts'
import { logoOf } from '../sheets/logo.ts'
import { type ListFormat, listFormats, type Report } from '../sheets/sheet.ts'
import { sheetHtml } from '../sheets/sheet-html.ts'
import { sheetMarkdown, sheetText } from '../sheets/sheet-text.ts'
import { askingReport } from './asking-report.ts'
import { boardReport } from './board-report.ts'
import { certificateReport } from './certificate-report.ts'
import { decisionReport } from './decision-report.ts'
import { goNoGo } from './go-no-go.ts'
import { governanceReport } from './governance-report.ts'
import { handOver } from './hand-over.ts'
import { mockReport } from './mock-report.ts'
import { monthlyReport } from './monthly-report.ts'
import { outcomeReport } from './outcome-report.ts'
import { planReport } from './plan-report.ts'
import { riskReport } from './risk-report.ts'
import { trainingReport } from './training-report.ts'
import { validationReport } from './validation-report.ts'
import { vendorReport } from './vendor-report.ts'

export interface ReportKind {
  readonly title: string
  /** What it is for, in one line. */
  readonly says: string
  make(project: Project, board: ReadinessBoard): Report
}

export const reportKinds = {
  'go-no-go': { title: 'Go or no-go', says: 'the page a committee decides on', make: goNoGo },
  board: { title: 'Readiness board', says: 'every criterion with its evidence', make: boardReport },
  monthly: {
    title: 'The month',
    says: 'one page for the steering committee: gates, risks, help desk, quality',
    make: monthlyReport,
  },
  plan: { title: 'The plan', says: 'milestones, risks that are due, checkpoints; also as a calendar', make: planReport },
  outcomes: {
    title: 'Outcomes before and after',
    says: 'goals, times, clicks and quality against where they began',
    make: outcomeReport,
  },
  training: {
    title: 'Training gap by role',
    says: 'each role with its tasks, and which of them nobody taught it',
    make: trainingReport,
  },
  'mock-go-live': {
    title: 'Mock go-live',
    says: 'critical steps against the script, attendance by role, incidents',
    make: mockReport,
  },
  validation: {
    title: 'Validation by clinicians',
    says: 'what was read and signed, and what clinicians found when they opened real records',
    make: validationReport,
  },
  governance: { title: 'Governance', says: 'who decides what, and the decisions with date and person', make: governanceReport },
  decisions: {
    title: 'Register of decisions',
    says: 'what was decided when, by whom, and what was given up',
    make: decisionReport,
  },
  'vendor-check': {
    title: 'Vendor check',
    says: 'contractual and technical points: what was seen, what is only said',
    make: vendorReport,
  },
  asking: {
    title: 'How the staff was asked',
    says: 'ways of asking by role, with counts and response rates',
    make: askingReport,
  },
  'hand-over': { title: 'Hand-over to operations', says: 'configuration, known issues and open requests', make: handOver },
  certificate: { title: 'Certificate', says: 'the last signature, and whether it covers what is here', make: certificateReport },
  risks: { title: 'Register of failure points', says: 'what can break, who answers for it, and what closed', make: riskReport },
} as const satisfies Readonly<Record<string, ReportKind>>

export type ReportKindName = keyof typeof reportKinds

export const reportKindNames = Object.keys(reportKinds) as readonly ReportKindName[]

/** @param verification null where nobody has verified the project: its signatures then count for nothing */
export function makeReport(
  kind: ReportKindName,
  project: Project,
  asOf: string,
  verification: Verification | null = null,
): Report {
  const report = withLetterhead(project, reportKinds[kind].make(project, assess(project, asOf, null, criteria, verification)))
  const examples = exampleKinds(project).map((each) => inputFiles[each].title)
  if (examples.length === 0) return report
  const words = `Not counted and left out below, because they are example files of a fictional clinic: ${examples.join(', ')}.`
  return { ...report, sheet: { ...report.sheet, lead: [...report.sheet.lead, words] } }
}

function withLetterhead(project: Project, report: Report): Report {
  const logo = logoOf(project)
  return logo === null
    ? report
    : { ...report, sheet: { ...report.sheet, letterhead: { name: statedName(project.manifest), logo } } }
}

export const sheetFormats = ['text', 'markdown', 'html', 'json', ...listFormats] as const
export type SheetFormat = (typeof sheetFormats)[number]

/** Formats of this kind: every one a page has, and those of a list where it is one. */
export function formatsOf({ files }: Report): readonly SheetFormat[] {
  const isList = (format: SheetFormat): format is ListFormat => listFormats.some((each) => each === format)
  return sheetFormats.filter((format) => !isList(format) || files?.[format] !== undefined)
}

/**
 * A report in one of its formats: the same report gives the same bytes wherever it is made.
 * @throws {Error} where the report is no list and a format of lists is asked for; `formatsOf` says so before
 */
export function writeReport({ sheet, data, files }: Report, format: SheetFormat): string {
  switch (format) {
    case 'text':
      return sheetText(sheet)
    case 'markdown':
      return sheetMarkdown(sheet)
    case 'html':
      return sheetHtml(sheet)
    case 'json':
      return `${JSON.stringify(data, null, 2)}\n`
    case 'csv':
    case 'ics': {
      const text = files?.[format]
      if (text === undefined) throw new Error(`This report has no ${format}.`)
      return text
    }
  }
}
