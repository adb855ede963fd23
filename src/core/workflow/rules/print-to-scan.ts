/** DB25: data travels on a sheet, printed, faxed or written by hand, and comes into the record through the scanner. */
import type { Node } from '../map/workflow.ts'
import { comesBefore } from './reaching.ts'
import { factOf, idsOf, type Side, stepsOf, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const printToScan: SurvivalRule = {
  code: 'workflow/print-to-scan',
  db: 'DB25',
  title: 'Data travels as a picture',
  why: 'What was data becomes a picture: nobody can search it, check it or count on it, and somebody feeds the scanner.',
  remedy: 'Send it as data (interface, secure message, FHIR), or sign it in the system.',
  severity: 'error',
  metric: { name: 'sheets that are scanned', unit: 'per case' },
  both: false,
  reads: ['output'],
  levers: [
    { practice: 'interfacing', how: 'Exchange the data itself with the other side.' },
    { practice: 'integral-technology', how: 'Sign and file it without leaving the system.' },
  ],
  *find(side) {
    const out: Source[] = []
    for (const { at, node } of stepsOf(side)) {
      const sheet = node.output !== null || node.medium === 'fax' || node.medium === 'paper'
      if (!sheet || node.type === 'wait') continue
      if (node.reads === null && node.writes === null) {
        // A sheet that nobody scans is none of this rule's business; what leaves a system is.
        if (node.output !== null) yield untold([node.id], [`what “${node.label}” reads`, `what “${node.label}” writes`])
        continue
      }
      out.push({ at, node, elements: new Set([...(node.reads ?? []), ...(node.writes ?? []).map((write) => write.element)]) })
    }
    if (out.length === 0) return
    for (const { at, node } of stepsOf(side)) {
      if (node.type === 'wait') continue
      const leads = (source: Source): boolean => source.at !== at && comesBefore(side, source.at, at)
      if (node.writes === null) {
        if (out.some(leads)) yield untold([node.id], [`what “${node.label}” writes`])
        continue
      }
      const back = node.writes.filter((write) => write.mode === 'scanned').map((write) => write.element)
      if (back.length > 0) yield* scanned(side, at, node, back, out.filter(leads))
    }
  },
}

interface Source {
  readonly at: number
  readonly node: Node
  readonly elements: ReadonlySet<string>
}

function* scanned(
  side: Side,
  at: number,
  node: Node,
  back: readonly string[],
  before: readonly Source[],
): Iterable<ReturnType<typeof firing>> {
  const carriers = before.filter(({ elements }) => back.some((element) => elements.has(element)))
  // What a system put out is the source; a sheet that nobody printed is one where there is no such.
  const printed = carriers.filter(({ node: source }) => source.output !== null)
  const sources = printed.length > 0 ? printed : carriers
  if (sources.length === 0) return
  const nodes = [...sources.map((source) => source.node), node]
  const again = back.filter((element) => sources.some(({ elements }) => elements.has(element)))
  const times = side.times.steps[at]
  const often = times?.visits ?? 0
  yield firing({
    subject: idsOf(nodes),
    metric: often,
    minutes: times?.touch === null || times === undefined ? null : (times.touch * often) / 60,
    severity: 'error',
    facts: [
      factOf('comes as', [...new Set(sources.map(({ node: source }) => source.output ?? source.medium))].join(', '), '', nodes),
      factOf('comes back by scanner', [...again].sort().join(', '), `${again.length} elements`, [node]),
      timeFact(side, 'scans', often, 'per case'),
    ],
  })
}
