/** `?` in the review: what counts as harmful here, as pinned in the plan, and the keys. */
import { paceRule } from '../../../../core/review/result/attention.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { useWorkspace } from '../../../session/state.ts'
import styles from '../records/records.module.css'
import { chartKeys } from './verdict-keys.ts'

export function CriteriaDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const criteria = useWorkspace((w) => w.project?.review.plan?.criteria ?? '')
  return (
    <Dialog title="What counts as harmful here" open={open} onClose={onClose}>
      <p className={styles.criteria}>{criteria === '' ? 'The plan pins no criteria.' : criteria}</p>
      <h3>What is counted while you read</h3>
      <p>{paceRule}</p>
      <h3>Keys</h3>
      <dl className={styles.keys}>
        {chartKeys.map(([key, what]) => (
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
