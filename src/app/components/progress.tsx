/** Long work on screen: a determinate bar, what is being read, and Cancel. */
import { Label, ProgressBar } from 'react-aria-components'
import { Button } from './button.tsx'
import styles from './progress.module.css'

export interface ProgressProps {
  readonly label: string
  /** 0 to 1. */
  readonly share: number
  /** Words beside the bar: rows per second, findings so far. */
  readonly detail?: string
  readonly onCancel?: () => void
}

export function Progress({ label, share, detail, onCancel }: ProgressProps) {
  return (
    <div className="row">
      <ProgressBar value={Math.round(share * 100)} className={`grow ${styles.bar}`}>
        {({ valueText }) => (
          <>
            <div className="digits apart line-start">
              <Label>{label}</Label>
              <span>{valueText}</span>
            </div>
            <svg className={`above full ${styles.track}`} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <rect className={styles.empty} width="100" height="1" />
              <rect className={styles.full} width={Math.max(0, Math.min(100, share * 100))} height="1" />
            </svg>
          </>
        )}
      </ProgressBar>
      {detail !== undefined && <span className="muted caption">{detail}</span>}
      {onCancel && <Button onPress={onCancel}>Cancel</Button>}
    </div>
  )
}
