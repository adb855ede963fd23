/** The thresholds of the rules: conventions, each with where it comes from, that a project can change. */
import { useState } from 'react'
import { defaultPolicy, type PolicyKey, policyKeys } from '../../../../core/workflow/map/policy.ts'
import { survivalRules } from '../../../../core/workflow/rules/index.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { policyOf, policyProblems, setThreshold } from '../acts/workflow-policy.ts'
import { NumberField } from '../fields/fields.tsx'
import styles from './thresholds.module.css'

const titles = new Map(survivalRules.map((rule) => [rule.code.slice('workflow/'.length), rule.title]))

function ruleOf(key: PolicyKey): string {
  return titles.get(key.split('.')[0] ?? '') ?? 'All rules'
}

function partOf(key: PolicyKey): string {
  const part = key.split('.')[1]
  return part === undefined ? key : part.replaceAll('-', ' ')
}

export function Thresholds({ disabled }: { readonly disabled: boolean }) {
  const [open, setOpen] = useState(false)
  const project = useWorkspace((w) => w.project)
  const policy = policyOf(project)
  const changed = policyKeys.filter((key) => policy[key].value !== defaultPolicy[key].value)
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        {changed.length === 0 ? 'Thresholds…' : `Thresholds (${changed.length} changed)…`}
      </Button>
      <Dialog title="Thresholds of the rules" open={open} wide onClose={() => setOpen(false)}>
        <p className="muted">
          Conventions, kept in rules/workflow.json of the project. Each finding names the threshold it used; an empty field takes
          the convention again.
        </p>
        {project &&
          policyProblems(project).map((sentence) => (
            <Note key={sentence} mark="warning">
              {sentence}
            </Note>
          ))}
        <ScrollRegion className={`scroll tall ${styles.scroll}`} label="Table of thresholds">
          <table>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Threshold</th>
                <th scope="col">Value</th>
                <th scope="col">Unit</th>
                <th scope="col">Convention and where it comes from</th>
              </tr>
            </thead>
            <tbody>
              {policyKeys.map((key) => (
                <tr key={key}>
                  <th scope="row">{ruleOf(key)}</th>
                  <td>{partOf(key)}</td>
                  <td>
                    <NumberField
                      label={`${ruleOf(key)}: ${partOf(key)}`}
                      bare
                      value={policy[key].value}
                      disabled={disabled}
                      onCommit={(value) => setThreshold(key, value)}
                    />
                  </td>
                  <td>{policy[key].unit}</td>
                  <td className="muted">
                    {defaultPolicy[key].value}; {defaultPolicy[key].reference}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
        <DialogActions>
          <Button look="primary" onPress={() => setOpen(false)}>
            Done
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
