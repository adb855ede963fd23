/** What each day sees: cases that come, their lead times, and how many are open or put off, averaged over the day. */

const day = 86400

export class DayCounts {
  private open = 0
  private putOff = 0
  private since = 0
  /** What happens after the days that are counted is left out, however late it is. */
  private readonly last: number
  private readonly openSums: Float64Array
  private readonly putOffSums: Float64Array
  readonly came: Float64Array
  /** Sums of the lead times of the cases that came on a day, in seconds. */
  readonly leads: Float64Array

  constructor(days: number) {
    this.last = days * day
    this.openSums = new Float64Array(days)
    this.putOffSums = new Float64Array(days)
    this.came = new Float64Array(days)
    this.leads = new Float64Array(days)
  }

  /** A booking that is moved to a later day. */
  defer(now: number): void {
    this.pass(now)
    this.putOff++
  }

  begin(now: number, deferred: boolean): void {
    this.pass(now)
    this.open++
    if (deferred) this.putOff--
    add(this.came, now, 1)
  }

  /** @param lead seconds since the case came */
  end(now: number, lead: number): void {
    this.pass(now)
    this.open--
    add(this.leads, now - lead, lead)
  }

  /** Mean of open cases and of bookings put off, for the first `days` days. */
  means(days: number): { readonly open: readonly number[]; readonly putOff: readonly number[] } {
    this.pass(days * day)
    const of = (sums: Float64Array): number[] => Array.from({ length: days }, (_, at) => (sums[at] ?? 0) / day)
    return { open: of(this.openSums), putOff: of(this.putOffSums) }
  }

  private pass(now: number): void {
    const until = Math.min(now, this.last)
    while (this.since < until) {
      const at = Math.floor(this.since / day)
      const end = Math.min(until, (at + 1) * day)
      add(this.openSums, this.since, this.open * (end - this.since))
      add(this.putOffSums, this.since, this.putOff * (end - this.since))
      this.since = end
    }
  }
}

function add(sums: Float64Array, at: number, value: number): void {
  const index = Math.floor(at / day)
  if (index < sums.length) sums[index] = (sums[index] as number) + value
}
