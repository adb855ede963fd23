/** Accounts for records by a person's word: which ones, what became of them, why and who says so. */
import { useState } from 'react'
import type { Explanation } from '../../../../core/data/reconcile/account/result.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useShown } from '../../../frame/reveal-button.tsx'
import { keepSettings } from '../../../session/settings.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { explain, replaceExplanation } from '../acts/reconcile.ts'
import { recordWords, sayableStates, stateWords } from './explanation-words.ts'

/** What is to be explained: a side and a table, and the records that may be meant, narrowest first. */
export interface Explainable {
  readonly side: Explanation['side']
  readonly table: string
  readonly records: readonly string[]
}

export interface ExplainDialogProps {
  readonly about: Explainable
  /** The explanation that is changed; left out for a new one. */
  readonly before?: Explanation
  readonly onClose: () => void
}

export function ExplainDialog({ about, before, onClose }: ExplainDialogProps) {
  const show = useShown()
  const states = sayableStates(about.side)
  const [record, setRecord] = useState(before?.record ?? about.records[0] ?? '*')
  const [state, setState] = useState<Explanation['state'] | ''>(before?.state ?? '')
  const [into, setInto] = useState(before?.into ?? '')
  const [reason, setReason] = useState(before?.reason ?? '')
  const [by, setBy] = useState(workspace().person?.name ?? before?.by ?? '')
  const missing = [
    ...(state === '' ? [about.side === 'legacy' ? 'what became of them' : 'where they come from'] : []),
    ...(reason.trim() === '' ? ['a reason'] : []),
    ...(by.trim() === '' ? ['your name'] : []),
    ...(state === 'merged' && into.trim() === '' ? ['the record that survives'] : []),
  ]
  const keep = (): void => {
    if (state === '') return
    onClose()
    if (!workspace().person) {
      setWorkspace({ person: { name: by.trim(), role: '' } })
      void keepSettings()
    }
    const said: Explanation = {
      ...{ side: about.side, table: about.table, record, state },
      ...{ into: state === 'merged' ? into.trim() : '', reason: reason.trim(), by: by.trim() },
    }
    const keeping = before ? replaceExplanation(before, said) : explain([said])
    void keeping.then((isKept) => {
      if (isKept) setWorkspace({ done: 'Kept with reason and name. Run the reconciliation again to count it.' })
    })
  }
  return (
    <Dialog
      title={about.side === 'legacy' ? `What became of ${about.table}` : `Where ${about.table} comes from`}
      open
      onClose={onClose}
    >
      <p>
        {about.side === 'legacy'
          ? 'Records that did not arrive one to one end in a state of their own under your name; until then they are unaccounted.'
          : 'Records that no legacy record became are unexplained until somebody says where they come from.'}
      </p>
      <Select
        label="Which records"
        value={record}
        choices={about.records.map((each) => [each, recordWords(each, about.table, show)] as const)}
        onChange={setRecord}
      />
      {record.startsWith('record:') && (
        <p className="muted">The number is that of this file. When a new extract comes, look at this explanation again.</p>
      )}
      {record === '*' && (
        <Note mark="warning">
          This speaks for every record of {about.table} that is not accounted for, those of later loads included.
        </Note>
      )}
      <Select
        label={about.side === 'legacy' ? 'What became of them' : 'Where they come from'}
        value={state}
        choices={[['', 'Choose…'] as const, ...states.map((each) => [each, stateWords[each]] as const)]}
        onChange={setState}
      />
      {state === 'merged' && <Field label="Into" hint="key of the record that survives" value={into} onChange={setInto} />}
      <Field label="Reason" lines={2} value={reason} onChange={setReason} autoFocus />
      <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
      <p className="muted" role="status">
        {missing.length > 0 && `Still missing: ${missing.join(', ')}.`}
      </p>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={missing.length > 0} onPress={keep}>
          {before ? 'Change' : 'Explain'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
