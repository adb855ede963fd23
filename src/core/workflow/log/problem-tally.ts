/** Problems of reading a log, counted by code with the place of the first one. */
import { compareText } from '../../finding.ts'
import type { LogProblem } from './event-log.ts'

export class ProblemTally {
  private readonly problems = new Map<string, LogProblem>()

  add(code: string, sentence: string, place: LogProblem['place'], n = 1): void {
    const known = this.problems.get(code)
    if (known) this.problems.set(code, { ...known, n: known.n + n })
    else this.problems.set(code, { code, n, sentence, place })
  }

  list(): readonly LogProblem[] {
    return [...this.problems.values()].sort((a, b) => compareText(a.code, b.code))
  }
}
