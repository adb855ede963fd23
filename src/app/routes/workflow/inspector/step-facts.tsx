/** The facts of one step, each as a field: empty means that nobody said. */

import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import type { NodeFacts } from '../../../../core/workflow/edit/edit.ts'
import { factLevels, nodeTypes, outputs, places, stepKinds } from '../../../../core/workflow/map/workflow.ts'
import type { StepProps } from '../editor/comparison-view.ts'
import { laneCommand } from '../editor/edits.ts'
import { readTimes, spreadOf, writeTimes } from '../fields/durations.ts'
import { CheckField, NumberField, SelectField, TextField, wordOptions } from '../fields/fields.tsx'
import styles from './inspector-panel.module.css'
import { StepData } from './step-data.tsx'
import { StepDataFields } from './step-data-fields.tsx'
import { mediumOptions, notTime } from './step-fact-field.tsx'
import { StepMoreFacts } from './step-more-facts.tsx'

export function StepFacts(props: StepProps) {
  const { workflow, editor, side, id, node, readOnly } = props
  const change = (facts: NodeFacts, said: string): void => {
    editor.edit({ kind: 'change-node', side, id, facts }, said)
  }
  const lanes = orderedLanes(workflow[side]).map((lane) => ({ id: lane.id, label: lane.label }))
  const works = node.type === 'step' || node.type === 'subworkflow'
  const waits = works || node.type === 'wait'
  const time = (name: 'service' | 'wait') => (text: string) => {
    const read = readTimes(text, node[name])
    if (read === undefined) return notTime
    change({ [name]: read }, `${name === 'service' ? 'Working time' : 'Wait'} of ${node.label}: ${text || 'not known'}`)
    return null
  }
  return (
    <section className={`stack ${styles.section}`} aria-label="Facts">
      <h3>Facts</h3>
      {works && (
        <>
          <SelectField
            label="Kind of work"
            fact="kind"
            value={node.kind}
            options={wordOptions(stepKinds)}
            none="Not said"
            disabled={readOnly}
            onCommit={(kind) => change({ kind }, `Kind: ${kind ?? 'not said'}`)}
          />
          <SelectField
            label="Medium"
            fact="medium"
            value={node.medium}
            options={mediumOptions}
            none="Not said"
            disabled={readOnly}
            onCommit={(medium) => change({ medium }, `Medium: ${medium ?? 'not said'}`)}
          />
          <TextField
            label="Minutes"
            fact="service"
            value={writeTimes(node.service)}
            hint={spreadOf(node.service)}
            disabled={readOnly}
            onCommit={time('service')}
          />
        </>
      )}
      {waits && (
        <TextField
          label="Wait before"
          fact="wait"
          value={writeTimes(node.wait)}
          otherwise="min, h, days"
          hint="A delay that comes whoever is free: a night, a post round. Waiting for a busy role is worked out."
          disabled={readOnly}
          onCommit={time('wait')}
        />
      )}
      {works && <StepData {...props} onChange={change} />}
      <details className={styles.more}>
        <summary>More: role, clicks, place, evidence</summary>
        <TextField
          label="Name"
          fact="label"
          value={node.label}
          disabled={readOnly}
          onCommit={(label) => change({ label }, `Named ${label}`)}
        />
        <SelectField
          label="Drawn as"
          value={node.type}
          options={wordOptions(nodeTypes)}
          disabled={readOnly}
          onCommit={(type) => type && change({ type }, `Drawn as ${type}`)}
        />
        <SelectField
          label="Role"
          fact="lane"
          value={node.lane}
          options={lanes}
          none="No lane"
          disabled={readOnly}
          onCommit={(lane) => editor.edit(laneCommand(workflow, side, [id], lane), `Moved ${node.label}`)}
        />
        {works && (
          <>
            <NumberField
              label="Clicks"
              fact="clicks"
              value={node.clicks}
              disabled={readOnly}
              onCommit={(clicks) => change({ clicks }, 'Clicks changed')}
            />
            <NumberField
              label="Keys"
              value={node.keys}
              disabled={readOnly}
              onCommit={(keys) => change({ keys }, 'Keys changed')}
            />
            <NumberField
              label="Screens"
              value={node.screens}
              disabled={readOnly}
              onCommit={(screens) => change({ screens }, 'Screens changed')}
            />
            {props.side === 'future' && <StepDataFields {...props} />}
            <SelectField
              label="Output"
              value={node.output}
              options={wordOptions(outputs)}
              none="None or not said"
              disabled={readOnly}
              onCommit={(output) => change({ output }, 'Output changed')}
            />
            <SelectField
              label="Place"
              fact="place"
              value={node.place}
              options={wordOptions(places)}
              none="Not said"
              disabled={readOnly}
              onCommit={(place) => change({ place }, 'Place changed')}
            />
            <TextField
              label="Owner"
              value={node.owner ?? ''}
              disabled={readOnly}
              onCommit={(owner) => change({ owner: owner === '' ? null : owner }, 'Owner changed')}
            />
            <StepMoreFacts {...props} onChange={change} />
            <div>
              <CheckField
                label="Safety step"
                value={node.safety}
                disabled={readOnly}
                onCommit={(safety) => change({ safety }, 'Safety changed')}
              />
              <CheckField
                label="Outside the clinic"
                value={node.external}
                disabled={readOnly}
                onCommit={(external) => change({ external }, 'External changed')}
              />
            </div>
            <TextField
              label="Pains"
              value={node.pains.join('\n')}
              lines={2}
              hint="One per line, in the words of the floor"
              disabled={readOnly}
              onCommit={(text) =>
                change(
                  {
                    pains: text
                      .split('\n')
                      .map((line) => line.trim())
                      .filter(Boolean),
                  },
                  'Pains changed',
                )
              }
            />
          </>
        )}
        <SelectField
          label="Evidence"
          value={node.evidence?.level ?? null}
          options={wordOptions(factLevels)}
          none="Not said"
          disabled={readOnly}
          onCommit={(level) =>
            change({ evidence: level === null ? null : { source: '', n: null, ...node.evidence, level } }, 'Evidence changed')
          }
        />
        {node.evidence && (
          <TextField
            label="Source"
            value={node.evidence.source}
            disabled={readOnly}
            onCommit={(source) => node.evidence && change({ evidence: { ...node.evidence, source } }, 'Source changed')}
          />
        )}
      </details>
    </section>
  )
}
