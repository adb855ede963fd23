/** One report of the project: its day as an input, its sheet, print, and the same bytes as a file that the command line writes. */
import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { Project } from '../../../../core/project/format/project.ts'
import { handOverSchema } from '../../../../core/readiness/reports/hand-over-schema.ts'
import {
  formatsOf,
  makeReport,
  type ReportKindName,
  reportKindNames,
  reportKinds,
  type SheetFormat,
  writeReport,
} from '../../../../core/readiness/reports/index.ts'
import { isDay } from '../../../../core/values/day.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { MenuButton } from '../../../components/menu-button.tsx'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { useActions } from '../../../frame/actions.ts'
import { useVerification } from '../../../people/verified.ts'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { BoardTabs } from '../board/board-tabs.tsx'
import { ReportSheet } from './report-sheet.tsx'

export function ReportPage({ kind }: { readonly kind: string }) {
  const project = useWorkspace((w) => w.project)
  const known = reportKindNames.find((name) => name === kind)
  if (!project) return null
  if (!known)
    return (
      <>
        <PageHead title="Reports" beside={<a href="#/readiness">Back to the board</a>} />
        <BoardTabs shown="reports" />
        <EmptyState title={kind === '' ? 'One sheet each, to print or to send' : 'There is no report of this name'}>
          <ul className="stack">
            {reportKindNames.map((name) => (
              <li key={name}>
                <a href={`#/readiness/reports/${name}`}>{reportKinds[name].title}</a>: {reportKinds[name].says}
              </li>
            ))}
          </ul>
        </EmptyState>
      </>
    )
  return <OpenReport key={known} kind={known} project={project} />
}

const extensions: Readonly<Record<SheetFormat, readonly [extension: string, type: string]>> = {
  html: ['html', 'text/html'],
  markdown: ['md', 'text/markdown'],
  json: ['json', 'application/json'],
  text: ['txt', 'text/plain'],
  csv: ['csv', 'text/csv'],
  ics: ['ics', 'text/calendar'],
}

const formatWords: Readonly<Partial<Record<SheetFormat, { readonly label: string; readonly detail?: string }>>> = {
  html: { label: 'HTML', detail: 'one file, nothing fetched' },
  markdown: { label: 'Markdown' },
  json: { label: 'JSON', detail: 'every fact, full digests' },
  csv: { label: 'CSV', detail: 'for a spreadsheet; no cell runs as a formula' },
  ics: { label: 'Calendar', detail: 'whole days; a later file changes the entries in place' },
}

function OpenReport({ kind, project }: { readonly kind: ReportKindName; readonly project: Project }) {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('day') ?? ''
  const today = wallNow().slice(0, 10)
  const day = isDay(asked) ? asked : today
  const verification = useVerification()
  const report = useMemo(() => makeReport(kind, project, day, verification), [kind, project, day, verification])
  const save = (format: SheetFormat | 'schema'): void => {
    if (format === 'schema') download('hand-over.schema.json', `${JSON.stringify(handOverSchema, null, 2)}\n`, 'application/json')
    else download(`${kind}-${day}.${extensions[format][0]}`, writeReport(report, format), extensions[format][1])
  }
  useActions(
    useMemo(() => [{ id: 'print-report', label: `Print: ${reportKinds[kind].title.toLowerCase()}`, run: () => print() }], [kind]),
  )
  return (
    <>
      <div className="no-print">
        <PageHead title={reportKinds[kind].title} beside={<a href="#/readiness">Back to the board</a>}>
          <MenuButton
            label="Export"
            choices={[
              ...formatsOf(report).flatMap((id) => {
                const words = formatWords[id]
                return words ? [{ id, ...words }] : []
              }),
              ...(kind === 'hand-over'
                ? [{ id: 'schema', label: 'JSON Schema', detail: 'checks that no part is missing' } as const]
                : []),
            ]}
            onChoose={save}
          />
          <Button look="primary" onPress={() => print()}>
            Print
          </Button>
        </PageHead>
        <div className="row-end below">
          <Field
            label="Day"
            type="date"
            value={asked === '' ? today : asked}
            onChange={(next) => setSearch(next === today ? {} : { day: next }, { replace: true })}
            problem={asked === '' || isDay(asked) ? null : 'Give a day; the sheet is of today.'}
          />
          <p className="muted">
            The same project and day give the same page:{' '}
            <code>
              carryover report PROJECT --kind {kind} --as-of {day}
            </code>
          </p>
        </div>
      </div>
      <ReportSheet sheet={report.sheet} />
    </>
  )
}
