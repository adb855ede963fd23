/** What the files of the board show as drawings and heat maps, each with the same facts as a table. */
import type { ReactNode } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { lineWord, nameOf, wordsOf } from '../../../../core/readiness/board/report.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { Button } from '../../../components/button.tsx'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { BoardTabs } from '../board/board-tabs.tsx'
import { lineMark } from '../board/marks.ts'
import { useBoard } from '../board/use-board.ts'
import { BookingsView } from './bookings-view.tsx'
import { DowntimeView } from './downtime-view.tsx'
import { PeopleView, SupportView, TriageView } from './heat-views.tsx'
import { InterfaceView } from './interface-view.tsx'
import { SheetView } from './sheet-view.tsx'
import { SummaryView } from './summary-view.tsx'
import { TrainingView } from './training-view.tsx'
import styles from './views.module.css'

interface View {
  readonly id: string
  /** Criteria that say in a word what it shows. */
  readonly says: readonly string[]
  readonly title: string
  readonly render: (project: Project) => ReactNode
}

const views: readonly View[] = [
  {
    id: 'integration',
    says: ['integration-map', 'interface-messages'],
    title: 'Integration map',
    render: (project) => <InterfaceView project={project} />,
  },
  {
    id: 'people',
    says: ['departments-represented'],
    title: 'People and departments',
    render: (project) => <PeopleView project={project} />,
  },
  {
    id: 'governance',
    says: [],
    title: 'Governance',
    render: (project) => <SheetView project={project} kind="governance" files={['governance', 'decisions']} />,
  },
  {
    id: 'vendor-check',
    says: [],
    title: 'Vendor check',
    render: (project) => <SheetView project={project} kind="vendor-check" files={['vendor-checks']} />,
  },
  {
    id: 'asking',
    says: [],
    title: 'How the staff was asked',
    render: (project) => <SheetView project={project} kind="asking" files={['asking', 'roster']} />,
  },
  {
    id: 'training',
    says: ['role-practice'],
    title: 'Training by role',
    render: (project) => <TrainingView project={project} />,
  },
  {
    id: 'validation',
    says: [],
    title: 'Validation by clinicians',
    render: (project) => <SheetView project={project} kind="validation" files={['first-openings']} />,
  },
  {
    id: 'mock-go-live',
    says: [],
    title: 'Mock go-live',
    render: (project) => (
      <SheetView project={project} kind="mock-go-live" files={['mock-scenarios', 'mock-attendance', 'mock-incidents']} />
    ),
  },
  {
    id: 'support',
    says: ['floor-support', 'super-users'],
    title: 'Support at the elbow',
    render: (project) => <SupportView project={project} />,
  },
  { id: 'triage', says: ['same-shift-triage'], title: 'Triage by shift', render: (project) => <TriageView project={project} /> },
  { id: 'bookings', says: ['capacity-cut'], title: 'Cut of bookings', render: (project) => <BookingsView project={project} /> },
  { id: 'downtime', says: ['downtime-kit'], title: 'Downtime kit', render: (project) => <DowntimeView project={project} /> },
  { id: 'summaries', says: [], title: 'Patient summaries', render: (project) => <SummaryView project={project} /> },
]

export function ViewsPage({ view }: { readonly view: string }) {
  const project = useWorkspace((w) => w.project)
  if (!project) return null
  const shown = views.find(({ id }) => id === view)
  return (
    <>
      <PageHead title={shown?.title ?? 'Views'} beside={<a href="#/readiness">Back to the board</a>}>
        {shown && (
          <span className="no-print">
            <Button onPress={() => print()}>Print</Button>
          </span>
        )}
      </PageHead>
      <BoardTabs shown="views" />
      <nav aria-label="Views">
        <ul className={`tabs ${styles.kinds} no-print`}>
          {views.map(({ id, title }) => (
            <li key={id}>
              <a href={`#/readiness/views/${id}`} aria-current={id === view ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {shown && shown.says.length > 0 && <BoardSays project={project} codes={shown.says} />}
      {shown ? (
        shown.render(project)
      ) : (
        <EmptyState title="There is no view of this name">
          <p>Choose one of those above.</p>
        </EmptyState>
      )}
    </>
  )
}

/** What the board says of the same numbers: a view is never greener than its gate. */
function BoardSays({ project, codes }: { readonly project: Project; readonly codes: readonly string[] }) {
  const board = useBoard(project)
  const judged = board.phases.flatMap(({ criteria }) => criteria)
  return (
    <ul className="stack-tight around" aria-label="What the board says">
      {codes.flatMap((code) => {
        const own = judged.find(({ criterion }) => slugOf(criterion.code) === code)
        if (!own) return []
        return [
          <li key={code}>
            <Pill mark={lineMark(own)}>{lineWord(own)}</Pill> <a href={`#/readiness?criterion=${code}`}>{nameOf(own)}</a>:{' '}
            {wordsOf(own)}
          </li>,
        ]
      })}
    </ul>
  )
}
