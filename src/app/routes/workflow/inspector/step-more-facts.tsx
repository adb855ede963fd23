/** Facts that only some rules ask for: batches, alerts, protocol, deadline, what a step closes or documents, what is worked around. */

import type { NodeFacts } from '../../../../core/workflow/edit/edit.ts'
import { flowOrder } from '../../../../core/workflow/map/graph.ts'
import { isStep } from '../../../../core/workflow/map/workflow.ts'
import type { StepProps } from '../editor/comparison-view.ts'
import { nodeLabel } from '../editor/edits.ts'
import { readTimes, writeTimes } from '../fields/durations.ts'
import { NumberField, SelectField, TextField } from '../fields/fields.tsx'
import styles from './inspector-panel.module.css'
import { StepBatch } from './step-batch.tsx'

const oneTime = 'Write one time, such as 90 s, 4 h or 2 d.'

export function StepMoreFacts({
  workflow,
  side,
  id,
  node,
  readOnly,
  onChange,
}: StepProps & { readonly onChange: (facts: NodeFacts, said: string) => void }) {
  const others = flowOrder(workflow[side])
    .filter((each) => each.id !== id && isStep(each))
    .map((each) => ({ id: each.id, label: nodeLabel(each) }))
  const requests = others.filter((each) => workflow[side].nodes.get(each.id)?.kind === 'request')
  const { alerts } = node
  const share = (name: 'override' | 'appropriate') => (percent: number | null) => {
    if (percent !== null && percent > 100) return 'Give a share from 0 to 100 %.'
    const known = alerts ?? { perCase: 0, override: null, appropriate: null }
    onChange({ alerts: { ...known, [name]: percent === null ? null : percent / 100 } }, 'Alerts changed')
    return null
  }
  const seconds = (name: 'sla' | 'entryDelay', said: string) => (text: string) => {
    const read = text.trim() === '' ? null : readTimes(text, null)
    if (read === undefined || (read !== null && read.dist !== 'constant')) return oneTime
    onChange({ [name]: read === null ? null : read.value }, said)
    return null
  }
  const time = (value: number | null): string => (value === null ? '' : writeTimes({ dist: 'constant', value }))
  return (
    <details className={styles.more}>
      <summary>More facts</summary>
      <StepBatch batch={node.batch} readOnly={readOnly} onChange={onChange} />
      <NumberField
        label="Alerts per case"
        fact="alerts"
        hint="Interruptions that have to be answered; 0 for none"
        value={alerts?.perCase ?? null}
        disabled={readOnly}
        onCommit={(perCase) =>
          onChange(
            { alerts: perCase === null ? null : { override: null, appropriate: null, ...alerts, perCase } },
            'Alerts changed',
          )
        }
      />
      {alerts !== null && alerts.perCase > 0 && (
        <>
          <NumberField
            label="Overridden, %"
            value={alerts.override === null ? null : alerts.override * 100}
            disabled={readOnly}
            onCommit={share('override')}
          />
          <NumberField
            label="Appropriate, %"
            value={alerts.appropriate === null ? null : alerts.appropriate * 100}
            disabled={readOnly}
            onCommit={share('appropriate')}
          />
        </>
      )}
      <NumberField
        label="Fits a protocol, % of cases"
        fact="protocol"
        value={node.protocolShare === null ? null : node.protocolShare * 100}
        disabled={readOnly}
        onCommit={(percent) => {
          if (percent !== null && percent > 100) return 'Give a share from 0 to 100 %.'
          onChange({ protocolShare: percent === null ? null : percent / 100 }, 'Protocol share changed')
          return null
        }}
      />
      <NumberField
        label="Lowest licence allowed"
        value={node.minLicence}
        disabled={readOnly}
        onCommit={(minLicence) => onChange({ minLicence }, 'Lowest licence changed')}
      />
      <TextField label="Deadline" value={time(node.sla)} disabled={readOnly} onCommit={seconds('sla', 'Deadline changed')} />
      <TextField
        label="Timestamps from"
        hint="The system that stamps begin and end"
        value={node.measuredBy ?? ''}
        disabled={readOnly}
        onCommit={(text) => onChange({ measuredBy: text.trim() === '' ? null : text.trim() }, 'Timestamps changed')}
      />
      {requests.length > 0 && (
        <SelectField
          label="Closes the request"
          value={node.closes}
          options={requests}
          none="None or not said"
          disabled={readOnly}
          onCommit={(closes) => onChange({ closes }, 'What it closes changed')}
        />
      )}
      <SelectField
        label="Documents"
        fact="documents"
        value={node.documents}
        options={others}
        none="Itself"
        disabled={readOnly}
        onCommit={(documents) => onChange({ documents }, 'What it documents changed')}
      />
      <TextField
        label="Entered after"
        fact="entry-delay"
        hint="Time between the act and its entry"
        value={time(node.entryDelay)}
        disabled={readOnly}
        onCommit={seconds('entryDelay', 'Delay of the entry changed')}
      />
      <SelectField
        label="Works around"
        value={node.workaround?.cause ?? null}
        options={others}
        none="Nothing, or not said"
        disabled={readOnly}
        onCommit={(cause) => onChange({ workaround: cause === null ? null : { cause } }, 'Workaround changed')}
      />
    </details>
  )
}
