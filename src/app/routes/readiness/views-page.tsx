/** What the files of the board show as drawings and heat maps, each with the same facts as a table. */
import type { ReactNode } from 'react'
import type { Project } from '../../../core/project/project.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState, PageHead } from '../../components/panel.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import { BookingsView } from './bookings-view.tsx'
import { DowntimeView } from './downtime-view.tsx'
import { PeopleView, SupportView, TriageView } from './heat-views.tsx'
import { InterfaceView } from './interface-view.tsx'
import styles from './views.module.css'

interface View {
  readonly id: string
  readonly title: string
  readonly render: (project: Project) => ReactNode
}

const views: readonly View[] = [
  { id: 'integration', title: 'Integration map', render: (project) => <InterfaceView project={project} /> },
  { id: 'people', title: 'People and departments', render: (project) => <PeopleView project={project} /> },
  { id: 'support', title: 'Support at the elbow', render: (project) => <SupportView project={project} /> },
  { id: 'triage', title: 'Triage by shift', render: (project) => <TriageView project={project} /> },
  { id: 'bookings', title: 'Cut of bookings', render: (project) => <BookingsView project={project} /> },
  { id: 'downtime', title: 'Downtime kit', render: (project) => <DowntimeView project={project} /> },
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
      <nav aria-label="Views">
        <ul className={styles.tabs}>
          {views.map(({ id, title }) => (
            <li key={id}>
              <a href={`#/readiness/views/${id}`} aria-current={id === view ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
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
