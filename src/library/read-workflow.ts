/** Maps, traces and scenarios of callers, read as the product reads its files. */
import type { Read } from '../core/values/partial-document.ts'
import { InvalidInput } from './invalid-input.ts'
import type { ReadingProblem } from './run-options.ts'

/** Notes what could not be used of each object; what is no such object at all is refused. */
export class WorkflowReader {
  readonly problems: ReadingProblem[] = []

  read<T>(of: ReadingProblem['of'], json: unknown, read: (json: unknown) => Read<T>): T {
    const { value, problems } = read(json)
    const fatal = problems.find(({ place }) => place === '$' || place === '$.format')
    if (fatal) throw new InvalidInput(of, `${of}: ${fatal.sentence}`)
    this.problems.push(...problems.map(({ place, sentence }) => ({ of, place, sentence })))
    return value
  }
}
