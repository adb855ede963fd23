/** Pages of the survival rules and of the rules of structure. */
import type { Limit } from '../../rule.ts'
import { defaultPolicy, type PolicyKey, policyKeys } from '../../workflow/map/policy.ts'
import { survivalExamples } from '../../workflow/rules/every-example.ts'
import { survivalRules } from '../../workflow/rules/index.ts'
import { practices } from '../../workflow/rules/practices.ts'
import type { SurvivalRule } from '../../workflow/rules/survival-rule.ts'
import { structureExamples } from '../../workflow/structure/every-example.ts'
import { structureRules } from '../../workflow/structure/index.ts'
import { examplesBy, type RulePage, shownAs } from './rule-page.ts'

/** A limit of another rule that this one reads as well. */
const shared: Readonly<Record<string, readonly PolicyKey[]>> = { 'workflow/queue-before-role': ['moved-queue.load'] }

function limitsOf({ code }: SurvivalRule): readonly Limit[] {
  const own = policyKeys.filter((key) => key.startsWith(`${code.slice('workflow/'.length)}.`))
  return [...own, ...(shared[code] ?? [])].map((key) => {
    const { value, unit, reference } = defaultPolicy[key]
    return { name: key.slice(key.indexOf('.') + 1).replaceAll('-', ' '), value, unit, source: reference }
  })
}

export function workflowPages(): readonly RulePage[] {
  const [ofSurvival, ofStructure] = [examplesBy(survivalExamples), examplesBy(structureExamples)]
  return [
    ...survivalRules.map((rule): RulePage => {
      const { decides = '', flags = [], passes = [] } = ofSurvival.get(rule.code) ?? {}
      const facts: (readonly [string, string])[] = [
        ['Number', rule.db],
        ['Measured in', `${rule.metric.name}, ${rule.metric.unit}`],
        ['Looks at', rule.both ? 'both maps, the trace or the data behind them' : 'one map at a time'],
      ]
      if (rule.question) facts.push(['Kind', 'a question to the map, no verdict'])
      for (const { practice, how } of rule.levers) facts.push([practices[practice].title, how])
      return {
        wording: rule,
        wing: 'workflow',
        group: 'Survival rules',
        decides,
        facts,
        limits: limitsOf(rule),
        flags: shownAs('maps', flags),
        passes: shownAs('maps', passes),
        unshown: null,
      }
    }),
    ...structureRules.map((rule): RulePage => {
      const { decides = '', flags = [], passes = [] } = ofStructure.get(rule.code) ?? {}
      return {
        wording: rule,
        wing: 'workflow',
        group: 'Structure of a map',
        decides,
        facts: [
          [
            'Effect',
            rule.blocks ? 'stops simulation and comparison until it is mended' : 'is shown; the map is judged all the same',
          ],
        ],
        limits: [],
        flags: shownAs('map', flags),
        passes: shownAs('map', passes),
        unshown: null,
      }
    }),
  ]
}
