/** The process that was found, how well it describes the log, and the way into a pair of maps. */
import { type ReactNode, useState } from 'react'
import { isStep } from '../../../../core/workflow/map/workflow.ts'
import type { Discovery } from '../../../../core/workflow/mining/discover.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { Facts } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { makeCurrent } from '../acts/event-log.ts'
import styles from './logs.module.css'

const ownPair = ' new'

export function LogMap({ discovery, filter }: { readonly discovery: Discovery | null; readonly filter: ReactNode }) {
  const workflows = useWorkspace((w) => w.workflows)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const [into, setInto] = useState(ownPair)
  const pairs = [...workflows].map(([id, workflow]) => [id, workflow.current.label || id] as const)
  const chosen = workflows.has(into) ? into : ownPair
  return (
    <section className={`stack below-wide ${styles.section}`}>
      <h2>Map of the work</h2>
      <div className="row-end">
        {filter}
        <Select label="Goes into" value={chosen} choices={[[ownPair, 'a new workflow'] as const, ...pairs]} onChange={setInto} />
        <Button
          look="primary"
          isDisabled={discovery === null || readOnly}
          onPress={() => {
            if (discovery === null) return
            const id = makeCurrent(discovery.graph.label, chosen === ownPair ? null : chosen)
            if (id !== null) location.hash = `#/workflow/${id}/compare`
          }}
        >
          Make it the current map
        </Button>
      </div>
      {discovery === null ? (
        <p className="muted">The map is being made.</p>
      ) : (
        <>
          <Facts
            items={[
              {
                name: 'Holds',
                value: `${[...discovery.graph.nodes.values()].filter(isStep).length} steps in ${discovery.graph.lanes.size} lanes`,
              },
              {
                name: 'Cases it replays whole',
                value: discovery.fitness ? formatPercent(discovery.fitness.fitting) : 'not known',
              },
              { name: 'Fitness per case', value: discovery.fitness ? discovery.fitness.average.toFixed(3) : 'not known' },
              {
                name: 'Precision',
                value: discovery.precision
                  ? `${discovery.precision.value.toFixed(3)}: ${formatNumber(discovery.precision.escaping)} ways stand open that no case took, of ${formatNumber(discovery.precision.enabled)}`
                  : 'not known',
              },
              { name: 'Generalisation', value: discovery.generalisation.toFixed(3) },
            ]}
          />
          <p className={`box breaks ${styles.tree}`}>{discovery.tree}</p>
          <ul className="muted caption">
            {discovery.notes.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
