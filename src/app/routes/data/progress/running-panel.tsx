/** The run under way, where a data team watches it: one bar, what is left, and every part with its bytes. */

import { formatBytes, formatCount, formatNumber, formatPercent } from '../../../components/format.ts'
import { Progress } from '../../../components/progress.tsx'
import { type Running, type RunningPart, useWorkspace } from '../../../session/state.ts'
import { secondsLeft } from '../acts/run-progress.ts'

export function RunningPanel() {
  const running = useWorkspace((w) => w.running)
  const live = useWorkspace((w) => w.live)
  if (!running) return null
  const { bytes, parts = [] } = running
  const seconds = (performance.now() - running.started) / 1000
  const amount = bytes
    ? `${formatBytes(bytes.done)} of ${formatBytes(bytes.total)} read`
    : running.total > 0
      ? formatPercent(running.done / running.total)
      : `${formatNumber(running.done)} read`
  const speed = bytes && bytes.done > 0 && seconds > 1 ? `, ${formatBytes(bytes.done / seconds)} per second` : ''
  const found = live ? `, ${formatCount(live.findings.length, 'finding')} so far` : ''
  const left = leftOf(running, seconds)
  return (
    <div className="card below-wide">
      <Progress
        label={running.label}
        share={running.total > 0 ? running.done / running.total : 0}
        detail={`${amount}${speed}${found}${left === null ? '' : `, about ${formatNumber(Math.ceil(left))} s left`}`}
        onCancel={running.cancel}
      />
      {parts.length > 1 && (
        <ul className="dense above spread" aria-label="Parts of the run">
          {parts.map((part) => (
            <li key={part.name}>
              {part.name}: <span className="muted">{partWords(part)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function leftOf({ secondsLeft: known, bytes }: Running, seconds: number): number | null {
  if (known !== undefined) return known
  return bytes && secondsLeft(bytes.done, bytes.total, seconds)
}

function partWords({ state, done, total }: RunningPart): string {
  if (state === 'waiting') return 'waits'
  if (state === 'done') return 'done'
  if (state === 'stopped') return 'stopped'
  return total === 0 ? 'under way' : `${formatBytes(done)} of ${formatBytes(total)}`
}
