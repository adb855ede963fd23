/** Progress on standard error: a bar that is rewritten on a terminal, one line per five seconds otherwise, nothing when quiet. */
import type { Update } from '../../core/operation.ts'
import { terminalText } from '../../core/values/terminal-text.ts'

const firstAfter = 200
const barWidth = 20

export function progressLine(quiet: boolean): { show(update: Update<unknown, unknown>): void; end(): void } {
  const isTerminal = process.stderr.isTTY && process.env.CI === undefined
  const interval = isTerminal ? 200 : 5000
  // The first line comes soon, to say that reading has begun; short runs stay silent.
  let last = Date.now() - interval + firstAfter
  return {
    show(update) {
      if (quiet || update.kind !== 'progress' || Date.now() - last < interval) return
      last = Date.now()
      const share = update.total === 0 ? 1 : Math.min(1, update.done / update.total)
      // Whole megabytes would call a small file "0 of 0 MB".
      const places = update.unit === 'bytes' && Math.max(update.total, update.done) < 10 * 1048576 ? 1 : 0
      const megabytes = (bytes: number): string => (bytes / 1048576).toFixed(places)
      const amount =
        update.unit === 'bytes'
          ? `${megabytes(update.done)} of ${megabytes(update.total)} MB`
          : `${update.done} of ${update.total} ${update.unit}`
      // Nobody knows how much is still to come from a server.
      const isOpen = update.total === 0 && update.unit === 'bytes'
      const filled = Math.floor(share * barWidth)
      const bar = isTerminal && !isOpen ? `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ` : ''
      const text = isOpen
        ? `${megabytes(update.done)} MB  ${terminalText(update.label)}`
        : `${bar}${Math.floor(100 * share)} %  ${amount}  ${terminalText(update.label)}`
      // A line that wraps could not be rewritten.
      const width = (process.stderr.columns ?? 80) - 1
      process.stderr.write(isTerminal ? `\r\x1b[2K${[...text].slice(0, width).join('')}` : `${text}\n`)
    },
    end() {
      if (!quiet && isTerminal) process.stderr.write('\r\x1b[2K')
    },
  }
}
