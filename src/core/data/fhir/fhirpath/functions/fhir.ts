/** What FHIR adds to FHIRPath (FHIR R4 §2.1.9.1.5), and the functions that know the run. */
import { isMembers } from '../../../../values/json.ts'
import { addMembers } from '../nodes/navigate.ts'
import { booleanNodes, type Node, type Nodes, NotEvaluable, none, single, system, textOf } from '../nodes/node.ts'
import { type FunctionTable, simple } from './registry.ts'

export const fhir: FunctionTable = {
  hasValue: simple(0, (focus) => booleanNodes(focus.length === 1 && isPrimitive(focus[0]))),
  getValue: simple(0, (focus) => (focus.length === 1 && isPrimitive(focus[0]) ? focus : none)),
  extension: simple(1, (focus, [url = none], { shapes }) => {
    const wanted = textOf(url)
    const found: Node[] = []
    for (const node of focus) addMembers(node, 'extension', shapes, found)
    return found.filter(({ value }) => isMembers(value) && value.url === wanted)
  }),
  resolve: simple(0, (focus, _args, environment) =>
    focus.flatMap(({ value }) => {
      const reference = isMembers(value) ? value.reference : value
      if (typeof reference !== 'string') return []
      const target = environment.resolve(reference)
      if (target === null) throw new NotEvaluable('the target of a reference stands elsewhere')
      return [{ value: target, twin: null, shape: environment.shapes.ofResource(target) }]
    }),
  ),
  memberOf: simple(1, (focus, [valueSet = none], environment) => {
    const node = single(focus)
    const url = textOf(valueSet)
    if (node === null || url === null) return none
    return booleanNodes(isMember(node, url, environment.memberOf))
  }),
  // Silent: what is traced are values of a record.
  trace: { least: 1, most: 2, bind: () => (focus) => focus },
  // Narrative is judged by its own layer, wherever it stands.
  htmlChecks: simple(0, () => booleanNodes(true)),
  today: simple(0, (_focus, _args, { now }) => moment(now?.slice(0, 10) ?? null, 'Date')),
  now: simple(0, (_focus, _args, { now }) => moment(now, 'DateTime')),
}

function isPrimitive(node: Node | undefined): boolean {
  return node?.value !== undefined && node.value !== null && typeof node.value !== 'object'
}

function moment(text: string | null, type: 'Date' | 'DateTime'): Nodes {
  if (text === null) throw new NotEvaluable('the run was not told what day it is')
  return [system(text, type)]
}

type MemberOf = (system: string | null, code: string, valueSet: string) => boolean | null

function isMember({ value }: Node, url: string, memberOf: MemberOf): boolean {
  const ask = (from: string | null, code: string): boolean => {
    const answer = memberOf(from, code, url)
    if (answer === null) throw new NotEvaluable(`the value set ${url} can not be listed`)
    return answer
  }
  if (typeof value === 'string') return ask(null, value)
  if (!isMembers(value)) return false
  const codings = Array.isArray(value.coding) ? value.coding.filter(isMembers) : [value]
  return codings.some(({ system: from, code }) => typeof code === 'string' && ask(typeof from === 'string' ? from : '', code))
}
