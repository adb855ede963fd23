/** Proposals that lose something, each with its reason and what it costs: they are confirmed by themselves, never along with others. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { workspace } from '../../../session/state.ts'
import { lineName, type MappingEntry } from '../acts/mapping-entries.ts'
import styles from './mapping.module.css'

export interface LeaveBehindDialogProps {
  readonly entries: readonly MappingEntry[]
  readonly onDecide: (by: string) => void
  readonly onClose: () => void
}

export function LeaveBehindDialog({ entries, onDecide, onClose }: LeaveBehindDialogProps) {
  const [by, setBy] = useState(workspace().person?.name ?? '')
  const cells = entries.reduce((sum, { filled }) => sum + (filled ?? 0), 0)
  return (
    <Dialog title={`Leave ${formatNumber(entries.length)} behind`} open onClose={onClose}>
      <Note mark="warning">
        {cells > 0 ? `${formatCount(cells, 'filled cell', 'filled cells')} will not` : 'They will not'} be in the new system. A
        value that is needed there needs a line with a target instead.
      </Note>
      <ScrollRegion label="What is left behind" className={`scroll outlined ${styles.leaving}`}>
        <ul>
          {entries.map(({ key, line, filled }) => (
            <li key={key}>
              <span className={`breaks ${styles.field}`}>{lineName(line)}</span>
              {filled !== null && (
                <span className="caption muted digits nowrap"> {formatCount(filled, 'filled cell', 'filled cells')}</span>
              )}
              <span className={`caption muted breaks ${styles.why}`}>{line.reason}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      <Field label="Your name" value={by} onChange={setBy} autoComplete="off" autoFocus />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={by.trim() === ''}
          onPress={() => {
            onClose()
            onDecide(by.trim())
          }}
        >
          Leave {formatNumber(entries.length)} behind
        </Button>
      </DialogActions>
    </Dialog>
  )
}
