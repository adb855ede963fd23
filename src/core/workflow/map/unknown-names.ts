/** Names in a scenario that nothing answers to: members that no reader knows, lanes and steps that no map has. */
import type { Json } from '../../canonical.ts'
import { unknownMembers } from '../../values/document-members.ts'
import { nearestName } from '../../values/nearest-name.ts'
import type { ReadProblem } from '../../values/partial-document.ts'
import { withInside } from './content.ts'
import { readScenario } from './read-scenario.ts'
import { scenarioDocument } from './scenario.ts'
import type { Graph } from './workflow.ts'

interface Named {
  readonly id: string
  readonly label: string
}

/** Each has no effect. @param json the scenario as its file holds it  @param graphs the maps that are run on it */
export function unknownNames(json: Json, graphs: readonly Graph[]): readonly ReadProblem[] {
  const { staff, discipline, steps } = readScenario(json).value
  const lanes = graphs.flatMap((graph) => [...graph.lanes.values()])
  const nodes = graphs.flatMap((graph) => withInside([...graph.nodes.values()]))
  const gone = (member: string, names: Iterable<string>, what: string, known: readonly Named[]): readonly ReadProblem[] => {
    const ids = [...new Set(known.map(({ id }) => id))]
    return [...names]
      .filter((name) => !ids.includes(name))
      .map((name) => {
        const place = `$.${member}.${name}`
        const near = known.find(({ label }) => label === name)?.id ?? nearestName(name, ids)
        const meant = near !== null ? `; the nearest is ${near}` : ids.length > 0 ? `; there are ${ids.join(', ')}` : ''
        return { place, sentence: `${place}: no ${what} of the map has this id${meant}. It has no effect.` }
      })
  }
  return [
    ...unknownMembers(json, scenarioDocument),
    ...gone('staff', staff.keys(), 'lane', lanes),
    ...gone('discipline', discipline.keys(), 'lane', lanes),
    ...gone('steps', steps.keys(), 'step', nodes),
  ]
}
