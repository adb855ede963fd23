/** The run under way, where a data team watches it. */
import { Progress } from '../../components/progress.tsx'
import { formatBytes, formatNumber, formatPercent } from '../../format.ts'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './data.module.css'

export function RunningPanel() {
  const running = useWorkspace((w) => w.running)
  const live = useWorkspace((w) => w.live)
  if (!running) return null
  const { bytes } = running
  const seconds = (performance.now() - running.started) / 1000
  const rate = bytes && seconds > 0.3 ? bytes.done / seconds : 0
  const left =
    bytes && rate > 0 && seconds > 3 && bytes.done < bytes.total
      ? `, about ${Math.ceil((bytes.total - bytes.done) / rate)} s left`
      : ''
  const amount = bytes
    ? `${formatBytes(bytes.done)} of ${formatBytes(bytes.total)} read`
    : running.total > 0
      ? formatPercent(running.done / running.total)
      : `${formatNumber(running.done)} read`
  const speed = rate > 0 ? `, ${formatBytes(rate)} per second` : ''
  const found = live ? `, ${formatNumber(live.findings.length)} findings so far` : ''
  return (
    <div className={styles.running}>
      <Progress
        label={running.label}
        share={running.total > 0 ? running.done / running.total : 0}
        detail={`${amount}${speed}${found}${left}`}
        onCancel={running.cancel}
      />
    </div>
  )
}
