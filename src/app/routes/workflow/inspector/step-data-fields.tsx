/** Which fields of the crosswalk bring the data of a future step: linked by hand, offered by name, judged by mapping and runs. */

import { useMemo } from 'react'
import { counted } from '../../../../core/counted.ts'
import { crosswalkLines, crosswalkName, fieldJudge, suggestedFields } from '../../../../core/readiness/evidence/data-evidence.ts'
import type { Element, Node, Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { DataState } from '../../../../core/workflow/rules/data-states.ts'
import { Button } from '../../../components/button.tsx'
import { type Mark, Pill } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import type { Editor } from '../editor/use-editor.ts'
import { MultiPick } from '../fields/multi-pick.tsx'
import styles from './inspector-panel.module.css'

const states: Readonly<Record<DataState, { readonly mark: Mark; readonly words: string }>> = {
  carried: { mark: 'ok', words: 'Carried' },
  mapped: { mark: 'warning', words: 'Mapped, not validated' },
  missing: { mark: 'error', words: 'Not carried' },
}

export function StepDataFields(props: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly node: Node
  readonly readOnly: boolean
}) {
  const { workflow, editor, node, readOnly } = props
  const project = useWorkspace((w) => w.project)
  const lines = useMemo(() => (project ? crosswalkLines(project) : []), [project])
  const judge = useMemo(() => (project ? fieldJudge(project) : null), [project])
  const elements = (node.reads ?? []).flatMap((id) => workflow.future.elements.get(id) ?? [])
  if (elements.length === 0 || judge === null) return null
  const choices = [...new Set(lines.map(crosswalkName))].map((name) => ({ id: name, label: name }))
  const link = (element: Element, names: readonly string[]): void => {
    const { fields: _, ...rest } = element
    const linked = { ...rest, ...(names.length === 0 ? {} : { fields: [...names].sort() }) }
    editor.edit({ kind: 'put-element', side: 'future', element: linked }, `Fields of ${element.label || element.id} changed`)
  }
  return (
    <section aria-label="Where its data comes from">
      <h3>Where its data comes from</h3>
      {choices.length === 0 && (
        <p className="muted">
          There is no crosswalk yet. <a href="#/data/mapping">Open the mapping</a>
        </p>
      )}
      {choices.length > 0 &&
        elements.map((element) => {
          const name = element.label || element.id
          const linked = element.fields ?? []
          const offered = linked.length > 0 ? [] : suggestedFields(element, lines)
          return (
            <div key={element.id} className={`breaks starts ${styles.linked}`}>
              <MultiPick
                label={`Fields that bring ${name}`}
                choices={choices}
                chosen={new Set(linked)}
                none="Not linked: not judged"
                disabled={readOnly}
                onChange={(chosen) => link(element, [...chosen])}
              />
              {offered.map((field) => (
                <Button
                  key={field}
                  className={styles.small ?? ''}
                  isDisabled={readOnly}
                  aria-label={`Link ${name} to ${field}`}
                  onPress={() => link(element, [field])}
                >
                  Suggested by name: {field}
                </Button>
              ))}
              {linked.map((field) => {
                const { state, why, findings } = judge(field)
                return (
                  <p key={field}>
                    <Pill mark={states[state].mark}>{states[state].words}</Pill> <span className="muted">{why}</span>
                    {findings.map(({ fingerprint, place, count }) => (
                      <span key={fingerprint}>
                        {' '}
                        <a href={`#/data/findings/${fingerprint}`}>
                          {place}: {counted(count, 'row')}
                        </a>
                      </span>
                    ))}
                  </p>
                )
              })}
            </div>
          )
        })}
    </section>
  )
}
