/** What a step reads and writes: nobody said, nothing, or a list of elements. */

import type { Command, NodeFacts } from '../../../../core/workflow/edit/edit.ts'
import { slugOf } from '../../../../core/workflow/map/slug.ts'
import { type Write, type WriteMode, writeModes } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import type { StepProps } from '../editor/comparison-view.ts'
import { CheckField, SelectField, TextField, wordOptions } from '../fields/fields.tsx'
import { MultiPick } from '../fields/multi-pick.tsx'
import styles from './inspector-panel.module.css'

export function StepData({
  workflow,
  editor,
  side,
  id,
  node,
  readOnly,
  onChange,
}: StepProps & { readonly onChange: (facts: NodeFacts, said: string) => void }) {
  const elements = [...workflow[side].elements.values()].map((element) => ({ id: element.id, label: element.label }))
  const name = (element: string): string => workflow[side].elements.get(element)?.label ?? element
  const writes = node.writes ?? []
  const put = (list: readonly Write[], said: string): void => onChange({ writes: list }, said)
  const addElement = (label: string): void => {
    if (label.trim() === '') return
    const known = elements.find((element) => element.label === label.trim())
    const element = known?.id ?? slugOf(label, workflow[side].elements, 'element')
    const commands: Command[] = known
      ? []
      : [{ kind: 'put-element', side, element: { id: element, label: label.trim(), record: false, safety: false, extra: {} } }]
    commands.push({
      kind: 'change-node',
      side,
      id,
      facts: { writes: [...writes.filter((write) => write.element !== element), { element, mode: 'typed' }] },
    })
    editor.edit({ kind: 'together', commands }, `Writes ${label.trim()}`)
  }
  return (
    <>
      <MultiPick
        label="Reads"
        choices={elements}
        chosen={new Set(node.reads ?? [])}
        none={node.reads === null ? 'Not said' : 'Nothing'}
        disabled={readOnly}
        onChange={(chosen) => onChange({ reads: [...chosen].sort() }, 'Reads changed')}
      />
      {writes.map((write) => (
        <div key={write.element} className={styles.written}>
          <SelectField<WriteMode>
            label={`Writes ${name(write.element)}`}
            value={write.mode}
            options={wordOptions(writeModes)}
            disabled={readOnly}
            onCommit={(mode) =>
              mode &&
              put(
                writes.map((each) => (each === write ? { ...each, mode } : each)),
                `${name(write.element)} is ${mode}`,
              )
            }
          />
          <Button
            className={styles.small ?? ''}
            isDisabled={readOnly}
            aria-label={`Does not write ${name(write.element)}`}
            onPress={() =>
              put(
                writes.filter((each) => each !== write),
                `Does not write ${name(write.element)}`,
              )
            }
          >
            Remove
          </Button>
          <div className="row-start">
            {(['record', 'safety'] as const).map((flag) => {
              const element = workflow[side].elements.get(write.element)
              return (
                element && (
                  <CheckField
                    key={flag}
                    label={flag === 'record' ? 'Part of the record' : 'Matters for safety'}
                    value={element[flag]}
                    disabled={readOnly}
                    onCommit={(value) =>
                      editor.edit(
                        { kind: 'put-element', side, element: { ...element, [flag]: value } },
                        `${element.label}: ${flag} ${value ? 'yes' : 'no'}`,
                      )
                    }
                  />
                )
              )
            })}
          </div>
        </div>
      ))}
      <TextField
        label="Writes"
        fact="writes"
        value=""
        hint={
          node.writes === null
            ? 'Not said. Name what it writes down.'
            : writes.length === 0
              ? 'Nothing. Name what it writes down.'
              : 'Add another by its name.'
        }
        disabled={readOnly}
        onCommit={addElement}
      />
      {node.writes === null && (
        <div>
          <Button className={styles.small ?? ''} isDisabled={readOnly} onPress={() => put([], 'Writes nothing')}>
            It writes nothing
          </Button>
        </div>
      )}
    </>
  )
}
