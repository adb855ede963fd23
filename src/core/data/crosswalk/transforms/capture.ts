/** What a pattern captures: its first group, or the whole match where it has none. The pattern runs in linear time. */
import { largestCapture, linearPattern } from '../../../values/linear-pattern.ts'
import type { Transform } from '../../model/carried.ts'

export const capture: Transform = {
  name: 'capture',
  words: (params) => `what “${params.get('pattern') ?? ''}” captures`,
  loss: 'possible',
  bind(params) {
    const pattern = params.get('pattern')
    if (pattern === undefined || pattern === '') return 'capture takes pattern=…'
    const compiled = linearPattern(pattern, largestCapture)
    if (typeof compiled === 'string') return `capture can not follow its pattern. ${compiled}`
    return ([text = '']) => {
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return { kind: 'unmapped', text, why: 'the pattern of the rule does not match' }
      const found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group(0)
      return found === null || found === '' ? null : { kind: 'text', text: found }
    }
  },
}
