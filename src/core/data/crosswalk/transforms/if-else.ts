/** One text where the field is one of a list, another where it is not; without `else` the field itself. */
import type { Transform } from '../../model/carried.ts'

export const ifElse: Transform = {
  name: 'if',
  words: (params) => `“${params.get('then') ?? ''}” if ${params.get('is') ?? ''}, else ${params.get('else') ?? 'as it is'}`,
  loss: 'possible',
  bind(params) {
    const list = params.get('is')
    const then = params.get('then')
    if (list === undefined || then === undefined) return 'if takes is="a|b" and then=…'
    const wanted = new Set(list.split('|'))
    const other = params.get('else')
    return ([text = '']) => {
      const answer = wanted.has(text.trim()) ? then : (other ?? text)
      return answer === '' ? null : { kind: 'text', text: answer }
    }
  },
}
