/** Progress on standard error: one line that is rewritten on a terminal, one line per five seconds otherwise. */
import type { Update } from '../core/operation.ts'

const firstAfter = 200

export function progressLine(quiet: boolean): { show(update: Update<unknown, unknown>): void; end(): void } {
  const isTerminal = process.stderr.isTTY && process.env.CI === undefined
  const interval = isTerminal ? 200 : 5000
  // The first line comes soon, to say that reading has begun; short runs stay silent.
  let last = Date.now() - interval + firstAfter
  return {
    show(update) {
      if (quiet || update.kind !== 'progress' || Date.now() - last < interval) return
      last = Date.now()
      const share = update.total === 0 ? 100 : Math.floor((100 * update.done) / update.total)
      // Whole megabytes would call a small file "0 of 0 MB".
      const places = update.unit === 'bytes' && Math.max(update.total, update.done) < 10 * 1048576 ? 1 : 0
      const megabytes = (bytes: number): string => (bytes / 1048576).toFixed(places)
      const amount =
        update.unit === 'bytes'
          ? `${megabytes(update.done)} of ${megabytes(update.total)} MB`
          : `${update.done} of ${update.total} ${update.unit}`
      // Nobody knows how much is still to come from a server.
      const isOpen = update.total === 0 && update.unit === 'bytes'
      const text = isOpen ? `${megabytes(update.done)} MB  ${update.label}` : `${share} %  ${amount}  ${update.label}`
      process.stderr.write(isTerminal ? `\r\x1b[2K${text}` : `${text}\n`)
    },
    end() {
      if (!quiet && isTerminal) process.stderr.write('\r\x1b[2K')
    },
  }
}
