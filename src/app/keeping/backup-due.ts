/** When a backup is due by itself: after every signature, every 25 verdicts and ten minutes of changes; where the last one failed, less and less often. */

const verdictsBetween = 25
const minutesBetween = 10
/** Ten minutes, doubled so often at most: a folder that is gone or full is asked for at least every 160 minutes. */
const mostDoublings = 4

/** The last try to write a backup, whatever became of it. */
export interface Attempt {
  readonly verdicts: number
  readonly signatures: number
  /** Milliseconds of a clock that only goes on. */
  readonly time: number
  /** Tries that failed since the last backup that was written. */
  readonly failures: number
}

export function attemptAt(ledger: readonly { readonly action: string }[], time: number, failures: number): Attempt {
  return {
    verdicts: ledger.filter(({ action }) => action === 'verdict').length,
    signatures: ledger.filter(({ action }) => action === 'signed').length,
    time,
    failures,
  }
}

/** Milliseconds until the next backup; 0 where it is due now. Verdicts mend no folder: after a failure they do not count. */
export function waitBeforeBackup(now: Omit<Attempt, 'failures'>, last: Attempt): number {
  if (now.signatures > last.signatures) return 0
  if (last.failures === 0 && now.verdicts >= last.verdicts + verdictsBetween) return 0
  const doublings = Math.min(mostDoublings, Math.max(0, last.failures - 1))
  return Math.max(0, last.time + minutesBetween * 60_000 * 2 ** doublings - now.time)
}
