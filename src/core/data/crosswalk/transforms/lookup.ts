/** A text looked up in a value map by its code, as names of staff or sites are; where the map has no line a stated text stands in. */
import type { Transform } from '../../model/carried.ts'

export const lookup: Transform = {
  name: 'lookup',
  words: (params) => `looked up in ${params.get('map') ?? ''}`,
  loss: 'possible',
  bind(params, maps) {
    const name = params.get('map')
    if (name === undefined) return 'lookup takes map=… with the name of a value map'
    const map = maps.get(name)
    if (!map) return `mapping/values/${name}.csv is missing`
    const other = params.get('else')
    return ([text = '']) => {
      const line = map.lines.get(text)
      if (line && line.target !== '') return { kind: 'text', text: line.target }
      return other === undefined
        ? { kind: 'unmapped', text, why: `it is not in the value map ${name}` }
        : { kind: 'text', text: other }
    }
  },
}
