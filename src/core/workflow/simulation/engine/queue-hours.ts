/** How long queues are over the hours of a week: integrals of length over time, one row of 168 hours per role. */

const hour = 3600
const hoursPerWeek = 168

export class QueueHours {
  /** Seconds × cases, by role and hour of the week (Monday 00:00 is hour 0). */
  readonly sums: Float64Array
  private readonly length: Int32Array
  private readonly since: Float64Array
  /** End of the hour that the last change of a role fell into. */
  private readonly until: Float64Array
  private readonly bin: Int32Array
  private from = 0

  constructor(lanes: number) {
    this.sums = new Float64Array(lanes * hoursPerWeek)
    this.length = new Int32Array(lanes)
    this.since = new Float64Array(lanes)
    this.until = new Float64Array(lanes).fill(hour)
    this.bin = Int32Array.from({ length: lanes }, (_, lane) => lane * hoursPerWeek)
  }

  /** One more or one fewer waits for a role. */
  change(lane: number, now: number, by: number): void {
    const length = this.length[lane] as number
    if (length > 0) {
      if (now > (this.until[lane] as number)) this.cross(lane, now)
      const bin = this.bin[lane] as number
      this.sums[bin] = (this.sums[bin] as number) + length * (now - (this.since[lane] as number))
    } else if (now > (this.until[lane] as number)) this.enter(lane, now)
    this.since[lane] = now
    this.length[lane] = length + by
  }

  /** Forgets what was before: the warm-up does not count. */
  restart(now: number): void {
    for (let lane = 0; lane < this.length.length; lane++) this.change(lane, now, 0)
    this.sums.fill(0)
    this.from = now
  }

  /** Mean length per role and hour of the week up to now; NaN for hours that were not seen. */
  means(now: number): Float64Array {
    for (let lane = 0; lane < this.length.length; lane++) this.change(lane, now, 0)
    const seen = this.seconds(now)
    return this.sums.map((sum, at) => {
      const seconds = seen[at % hoursPerWeek] as number
      return seconds === 0 ? Number.NaN : sum / seconds
    })
  }

  /** Seconds of each hour of the week since the beginning. */
  private seconds(now: number): Float64Array {
    const seen = new Float64Array(hoursPerWeek)
    const first = Math.floor(this.from / hour)
    const last = Math.floor(now / hour)
    const whole = Math.floor(Math.max(0, last - first - 1) / hoursPerWeek)
    seen.fill(whole * hour)
    for (let at = first + whole * hoursPerWeek; at <= last; at++) {
      const begin = Math.max(this.from, at * hour)
      const end = Math.min(now, (at + 1) * hour)
      if (end > begin) seen[at % hoursPerWeek] = (seen[at % hoursPerWeek] as number) + end - begin
    }
    return seen
  }

  /** Adds the hours between the last change and the hour of `now`. */
  private cross(lane: number, now: number): void {
    const length = this.length[lane] as number
    let at = this.since[lane] as number
    let end = this.until[lane] as number
    let bin = this.bin[lane] as number
    const row = lane * hoursPerWeek
    // Whole weeks at once: a queue may stand for years.
    const weeks = Math.floor((now - end) / (hoursPerWeek * hour))
    if (weeks > 0) {
      for (let each = row; each < row + hoursPerWeek; each++)
        this.sums[each] = (this.sums[each] as number) + length * hour * weeks
      at += weeks * hoursPerWeek * hour
      end += weeks * hoursPerWeek * hour
    }
    while (now > end) {
      this.sums[bin] = (this.sums[bin] as number) + length * (end - at)
      at = end
      end += hour
      bin = bin === row + hoursPerWeek - 1 ? row : bin + 1
    }
    this.since[lane] = at
    this.until[lane] = end
    this.bin[lane] = bin
  }

  private enter(lane: number, now: number): void {
    const at = Math.floor(now / hour)
    this.until[lane] = (at + 1) * hour
    this.bin[lane] = lane * hoursPerWeek + (at % hoursPerWeek)
  }
}
