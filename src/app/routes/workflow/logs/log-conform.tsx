/** The log beside a drawn map: which share of cases went as drawn, and what was skipped, extra, out of order or done by another role. */
import { useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { Conformance } from '../../../../core/workflow/mining/conformance.ts'
import { joinLabels } from '../../../../core/workflow/mining/labels.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Facts, Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { conformTo, useConformance } from '../acts/event-log.ts'
import styles from './logs.module.css'

type Drawn = readonly [string, string]

export function LogConform({ activities }: { readonly activities: readonly string[] }) {
  const workflows = useWorkspace((w) => w.workflows)
  const busy = useWorkspace((w) => w.running !== null)
  const found = useConformance()
  const maps = [...workflows].flatMap(([id, workflow]): readonly Drawn[] =>
    sides
      .filter((side) => workflow[side].nodes.size > 0)
      .map((side) => [`${side} ${id}`, `${workflow.current.label || id}, ${side} map`]),
  )
  const [wanted, setWanted] = useState('')
  const likely = useMemo(() => likeliestMap(workflows, activities), [workflows, activities])
  const chosen = maps.some(([key]) => key === wanted) ? wanted : (likely ?? maps[0]?.[0] ?? '')
  if (maps.length === 0) return null
  const [side = '', id = ''] = chosen.split(' ')
  return (
    <section className={`stack below-wide ${styles.section}`} aria-labelledby="conform">
      <h2 id="conform">Did the work go as drawn</h2>
      <div className="row-end">
        <Select label="Map" value={chosen} choices={maps} onChange={setWanted} />
        <Button isDisabled={busy} onPress={() => void conformTo(id, side as WorkflowSide)}>
          Hold the log against it
        </Button>
      </div>
      {found?.result.kind === 'impossible' && <Note mark="warning">{found.result.sentence}</Note>}
      {found?.result.kind === 'judged' && <Judged found={found.result.conformance} name={found.name} />}
    </section>
  )
}

/** The map with most steps that are named like an activity of the log; null where no name is the same. */
function likeliestMap(workflows: ReadonlyMap<string, Workflow>, activities: readonly string[]): string | null {
  let best: { readonly key: string; readonly steps: number } | null = null
  for (const [id, workflow] of workflows)
    for (const side of sides) {
      const unknown = new Set(joinLabels(activities, workflow[side]).unmatchedActivities)
      const steps = activities.filter((activity) => !unknown.has(activity)).length
      if (steps > (best?.steps ?? 0)) best = { key: `${side} ${id}`, steps }
    }
  return best?.key ?? null
}

const kinds = { skipped: 'skipped', extra: 'extra', order: 'out of order', role: 'by another role' } as const

function Judged({ found, name }: { readonly found: Conformance; readonly name: string }) {
  const { unmatched, deviations, notes } = found
  if (deviations.every(({ kind }) => kind === 'extra' || kind === 'skipped') && found.averageFitness === 0)
    return <Note mark="warning">Nothing in the log is named like a step of {name}. Name the steps as the log does.</Note>
  return (
    <>
      <Facts
        items={[
          { name: 'Held against', value: name },
          { name: 'Went as drawn', value: `${found.fittingPercent.toFixed(1)} % of ${counted(found.cases, 'case')}` },
          { name: 'Fitness per case', value: found.averageFitness.toFixed(3) },
          ...(found.undecided > 0 ? [{ name: 'Not decided', value: counted(found.undecided, 'case') }] : []),
        ]}
      />
      {unmatched.activities.length > 0 && (
        <Note mark="info">
          No step of the map is named like {unmatched.activities.map((each) => `“${each.name}”`).join(', ')}.
        </Note>
      )}
      {unmatched.steps.length > 0 && (
        <Note mark="info">
          No activity of the log is named like {unmatched.steps.map((each) => `“${each.label || each.id}”`).join(', ')}.
        </Note>
      )}
      {deviations.length > 0 && (
        <ScrollRegion className={`box scroll ${styles.scroll}`} label="Deviations">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Other than drawn</th>
                <th scope="col" className="number">
                  Times
                </th>
                <th scope="col" className="number">
                  Cases
                </th>
              </tr>
            </thead>
            <tbody>
              {deviations.map(({ kind, step, label, count, cases }) => (
                <tr key={`${kind} ${step}`}>
                  <th scope="row">{label}</th>
                  <td>{kinds[kind]}</td>
                  <td className="number">{formatNumber(count)}</td>
                  <td className="number">{formatNumber(cases)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <ul className="muted caption">
        {notes.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  )
}
