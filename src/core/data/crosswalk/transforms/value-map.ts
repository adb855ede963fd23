/** A legacy spelling or local code becomes the code that the value map names. */
import type { Carried, Transform } from '../../model/carried.ts'

export const valueMap: Transform = {
  name: 'value-map',
  words: (params) => `value map ${params.get('map') ?? ''}`,
  loss: 'possible',
  inverse(params, maps) {
    const back = new Map<string, string>()
    for (const { code, target } of maps.get(params.get('map') ?? '')?.lines.values() ?? []) {
      // Two codes that became one can not be told apart again.
      if (back.has(target)) return null
      back.set(target, code)
    }
    return (text) => back.get(text) ?? null
  },
  bind(params, maps) {
    const name = params.get('map')
    if (name === undefined) return 'value-map takes map=… with the name of a value map'
    const map = maps.get(name)
    if (!map) return `mapping/values/${name}.csv is missing`
    const answers = new Map<string, Carried>()
    for (const line of map.lines.values())
      answers.set(
        line.code,
        line.relationship === 'unmatched' || line.target === ''
          ? { kind: 'unmapped', text: line.code, why: `the value map ${name} says that it has no counterpart` }
          : { kind: 'code', system: line.system, code: line.target, display: line.display },
      )
    return ([text = '']) => answers.get(text) ?? { kind: 'unmapped', text, why: `it is not in the value map ${name}` }
  },
}
