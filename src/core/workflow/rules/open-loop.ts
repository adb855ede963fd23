/** DB18: something is asked for, and nobody sees whether the answer ever comes. */
import { escalates } from './inbox.ts'
import { shareReaching } from './reaching.ts'
import { factOf, raised, type Side, stepsOf, timeFact, unknownShares } from './side.ts'
import { firing, type SurvivalRule } from './survival-rule.ts'

export const openLoop: SurvivalRule = {
  code: 'workflow/open-loop',
  db: 'DB18',
  title: 'A request that nobody closes',
  why: 'Of 103,737 referrals 34.8 % were completed (PMC5910374); with a tool that tracks them 76.8 % (PMC7647022).',
  remedy: 'Draw the step that closes it, and a timeout after which somebody asks.',
  severity: 'error',
  metric: { name: 'share of requests not closed', unit: 'of all requests' },
  question: true,
  both: false,
  reads: ['closes'],
  levers: [
    { practice: 'control-addition', how: 'Track each request until it is closed.' },
    { practice: 'exception', how: 'A timeout that goes to a named person.' },
  ],
  *find(side) {
    const { view } = side
    const closers = closersOf(side)
    const watching = view.nodes.flatMap((_, step) => (escalates(view.out[step] ?? []) ? [step] : []))
    for (const { at, node } of stepsOf(side)) {
      if (node.kind !== 'request') continue
      const closing = closers.get(node.id) ?? none
      const watched = watching.some(
        (step) => step === at || (view.reaches(at, step) && (view.reaches(step, at) || leadsTo(side, step, closing))),
      )
      const closed = closedShare(side, at, closing)
      const open = closed === null ? 1 : Math.max(0, 1 - closed)
      if (watched && open < 1e-9) continue
      const unknown = open > 1e-9 && open < 1 - 1e-9 ? unknownShares(side, [at, ...aheadOf(side, at)]) : []
      yield firing({
        subject: [node.id],
        metric: open < 1e-9 ? 0 : open,
        missing: [...unknown, ...(closed === null ? ['a way out of a loop'] : [])],
        severity: raised(side, [node], 'error'),
        facts: [
          factOf('closed by', labelsOf(side, closing) || 'no step', '', [node]),
          timeFact(side, 'closed', 1 - open, 'share of cases'),
          factOf('timeout or escalation', watched ? 'drawn' : 'none', '', [node]),
        ],
      })
    }
  },
}

const none: ReadonlySet<number> = new Set()

/** The steps that close each request. */
function closersOf(side: Side): ReadonlyMap<string, ReadonlySet<number>> {
  const closers = new Map<string, Set<number>>()
  for (const [at, { closes }] of side.view.nodes.entries())
    if (closes !== null) closers.set(closes, (closers.get(closes) ?? new Set()).add(at))
  return closers
}

function aheadOf({ view }: Side, at: number): readonly number[] {
  return view.nodes.flatMap((_, step) => (view.reaches(at, step) ? [step] : []))
}

function leadsTo(side: Side, from: number, targets: ReadonlySet<number>): boolean {
  return [...targets].some((to) => side.view.reaches(from, to))
}

/** A flow after a timeout that leads to a closing step counts as a way to reach it, whatever share goes the ordinary way. */
function closedShare(side: Side, at: number, closing: ReadonlySet<number>): number | null {
  if (closing.size === 0) return 0
  const caught = [at, ...aheadOf(side, at)].filter((step) =>
    (side.view.out[step] ?? []).some(({ edge, to }) => edge.timeout !== null && (closing.has(to) || leadsTo(side, to, closing))),
  )
  return shareReaching(side, new Map([[at, 1]]), new Set([...closing, ...caught]))
}

function labelsOf(side: Side, steps: ReadonlySet<number>): string {
  return [...steps].map((at) => side.view.nodes[at]?.label ?? '').join(', ')
}
