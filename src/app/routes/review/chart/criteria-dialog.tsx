/** `?` in the review: what counts as harmful here, as pinned in the plan, and the keys. */
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { useWorkspace } from '../../../session/state.ts'
import styles from '../records/records.module.css'

const keys: readonly (readonly [string, string])[] = [
  ['Space', 'Scroll; when all of a section was on screen: same meaning, confirm it'],
  ['↑ ↓', 'Previous and next entry'],
  ['M', 'Mark this entry'],
  ['1 2 3 4', 'Harmful, wrong, acceptable, cannot tell'],
  ['1 to 9', 'Reason, after harmful or wrong'],
  ['A', 'Judge the traces of one cause one by one'],
  ['C', 'Comment on this entry'],
  ['O', 'What stands in the files, for this section'],
  ['N P', 'Next and previous record'],
  ['S', 'Leave this record for later'],
  ['Ctrl Z', 'Take back the last act, until signed'],
]

export function CriteriaDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const criteria = useWorkspace((w) => w.project?.review.plan?.criteria ?? '')
  return (
    <Dialog title="What counts as harmful here" open={open} onClose={onClose}>
      <p className={styles.criteria}>{criteria === '' ? 'The plan pins no criteria.' : criteria}</p>
      <h3>Keys</h3>
      <dl className={styles.keys}>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <DialogActions>
        <Button large look="primary" onPress={onClose}>
          Back to the record
        </Button>
      </DialogActions>
    </Dialog>
  )
}
