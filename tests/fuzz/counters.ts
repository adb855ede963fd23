/** Counts every block of our own code that runs: a step of the build that fuzzing is run from. */
import type { Plugin } from 'vite'

interface Spot {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** Where counting begins and ends; both are put into the text. */
interface Insert {
  readonly at: number
  readonly text: string
  /** Of those at one place: what closes comes before what opens. */
  readonly order: number
}

const isSpot = (value: unknown): value is Spot =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'

/** `globalThis.__hits` counts runs, one number for each block; `globalThis.__blocks` says how many there are. */
export function counters(): Plugin {
  let blocks = 0
  return {
    name: 'count-blocks',
    enforce: 'post',
    transform(code, id) {
      if (!/\/src\/(?:core|io)\/.*\.ts$/.test(id.split('?')[0] ?? '') || /\.pack\.|kernel-code/.test(id)) return null
      const inserts: Insert[] = []
      const count = (): string => `__hits[${blocks++}]++`
      const before = (at: number, text: string): void => void inserts.push({ at, text, order: 1 })
      const after = (at: number, text: string): void => void inserts.push({ at, text, order: 0 })
      const branch = (node: unknown): void => {
        if (!isSpot(node)) return
        if (node.type === 'BlockStatement') before(node.start + 1, `${count()};`)
        else if (/Statement$|Declaration$/.test(node.type)) {
          if (node.type === 'EmptyStatement') return
          before(node.start, `{${count()};`)
          after(node.end, '}')
        } else {
          before(node.start, `(${count()},(`)
          after(node.end, '))')
        }
      }
      const visit = (node: unknown): void => {
        if (Array.isArray(node)) {
          for (const each of node) visit(each)
          return
        }
        if (!isSpot(node)) return
        const part = (name: string): unknown => Reflect.get(node, name)
        if (/Function/.test(node.type)) branch(part('body'))
        else if (node.type === 'IfStatement') {
          branch(part('consequent'))
          const other = part('alternate')
          if (isSpot(other) && other.type !== 'IfStatement') branch(other)
        } else if (/^(?:For|While|DoWhile)/.test(node.type)) branch(part('body'))
        else if (node.type === 'ConditionalExpression') {
          branch(part('consequent'))
          branch(part('alternate'))
        } else if (node.type === 'LogicalExpression') branch(part('right'))
        else if (node.type === 'CatchClause') branch(part('body'))
        else if (node.type === 'SwitchCase') {
          const list = part('consequent')
          const [first] = Array.isArray(list) ? list : []
          if (isSpot(first)) before(first.start, `${count()};`)
        }
        for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) visit(value)
      }
      visit(this.parse(code))
      // What opens the outer goes before what opens the inner: they were put in from the outside to the inside.
      const sorted = inserts
        .map((insert, turn) => ({ ...insert, turn }))
        .sort((a, b) => a.at - b.at || a.order - b.order || (a.order === 1 ? a.turn - b.turn : b.turn - a.turn))
      let made = ''
      let from = 0
      for (const { at, text } of sorted) {
        made += code.slice(from, at) + text
        from = at
      }
      return { code: made + code.slice(from), map: null }
    },
    renderChunk: (code) => ({
      code: `const __hits = globalThis.__hits = new Uint32Array(${1 << 17});globalThis.__blocks = ${blocks};${code}`,
      map: null,
    }),
  }
}
