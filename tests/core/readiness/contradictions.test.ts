/** One number, one source: all reports, views and criteria of the ready, at-risk and blocked sets say the same numbers and words. */
import { afterAll, expect, test } from 'vitest'
import { exampleSets } from '../../../samples/readiness/example-files.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import {
  assess,
  isBeforeGoLive,
  type JudgedCriterion,
  type ReadinessBoard,
  shutsGate,
} from '../../../src/core/readiness/board/board.ts'
import { recordBoard } from '../../../src/core/readiness/board/record-board.ts'
import { registerOf } from '../../../src/core/readiness/board/register.ts'
import {
  boardJson,
  boardMarkdown,
  boardText,
  gateWord,
  headline,
  lineWord,
  nameOf,
  provenOf,
  wordsOf,
} from '../../../src/core/readiness/board/report.ts'
import { capacityCut, cutAssumptions, cutSeed, judgedCut } from '../../../src/core/readiness/criteria/go-live/capacity-cut.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { trafficLimits } from '../../../src/core/readiness/criteria/pre-launch/interface-messages.ts'
import { rowsOf } from '../../../src/core/readiness/kept-files/counted-rows.ts'
import { goLiveOf } from '../../../src/core/readiness/kept-files/go-live.ts'
import { bookedClinics } from '../../../src/core/readiness/measures/clinic-weeks.ts'
import { slugOf } from '../../../src/core/readiness/model/criterion.ts'
import { makeReport, reportKindNames, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { adviseCut, neverWorkedOff } from '../../../src/core/readiness/statistics/booking-cut.ts'
import { interfaceMap, isOpen } from '../../../src/core/readiness/views/interface-map.ts'
import { asOf, ranAgain, verified } from './example-project.ts'
import { printedBoard } from './printed-board.ts'
import { readyProject } from './ready-project.ts'

let compared = 0
const found: string[] = []

/** Notes a contradiction instead of stopping, so that all of them are printed. */
function agrees(place: string, said: unknown, also: unknown): void {
  compared++
  if (JSON.stringify(said) !== JSON.stringify(also))
    found.push(`${place}: ${JSON.stringify(said)} against ${JSON.stringify(also)}`)
}

const all = (board: ReadinessBoard): readonly JudgedCriterion[] => board.phases.flatMap((each) => each.criteria)

function walk(name: string, of: Project): void {
  const project = recordBoard(of, assess(of, asOf, null, criteria, verified), {
    device: 'd8',
    actor: 'owner',
    wall: `${asOf}T08:00:00+02:00`,
  })
  const board = assess(project, asOf, null, criteria, verified)
  const judged = all(board)
  const own = (slug: string): JudgedCriterion => {
    const one = judged.find(({ criterion }) => slugOf(criterion.code) === slug)
    if (!one) throw new Error(slug)
    return one
  }
  const reports = new Map(reportKindNames.map((kind) => [kind, makeReport(kind, project, asOf, verified)]))
  const texts = new Map([...reports].map(([kind, report]) => [kind, writeReport(report, 'text')]))
  const json = new Map([...reports].map(([kind, report]) => [kind, JSON.parse(writeReport(report, 'json'))]))
  const [page, month, pack] = [json.get('go-no-go'), texts.get('monthly') ?? '', texts.get('hand-over') ?? '']
  const at = (what: string): string => `${name}, ${what}`

  // Gates, counts and words of the board, wherever they are printed.
  for (const { phase, gate, criteria: list } of board.phases) {
    const line = new RegExp(`${phase.title}\\s+${gateWord(gate)}\\s+${provenOf(list)}`)
    agrees(at(`month and board on ${phase.id}`), line.test(month), true)
    agrees(at(`text and board on ${phase.id}`), line.test(boardText(board, 'x')), true)
    agrees(
      at(`go/no-go and board on ${phase.id}`),
      page.phases.find((each: { phase: string }) => each.phase === phase.id)?.gate,
      gate,
    )
    agrees(at(`blockers of ${phase.id}`), gate === 'blocked', list.some(shutsGate))
  }
  const before = new Set(['discovery', 'configuration', 'training', 'pre-launch'])
  const stops = judged.filter((each) => each.standing === 'blocked' && isBeforeGoLive(each))
  const claims = judged.filter((each) => each.state === 'claimed' && isBeforeGoLive(each))
  const sheet = texts.get('go-no-go') ?? ''
  // A day of go-live that nobody signed for is claimed as well: it is no line, and said beside their number.
  const isUnsigned = board.goLive.day !== null && board.goLive.doubt !== null
  agrees(at('blockers of the go/no-go page'), page.blockers.length, stops.length)
  agrees(at('blockers in the title'), Number(/Blockers before go-live \((\d+)\)/i.exec(sheet)?.[1]), stops.length)
  agrees(at('claims in the title'), Number(/Only claimed before go-live \((\d+)(?:\)| and)/i.exec(sheet)?.[1]), claims.length)
  agrees(at('the day in the title'), /Only claimed before go-live \(\d+ and the day itself\)/i.test(sheet), isUnsigned)
  if (page.gate === 'blocked') {
    agrees(at('blockers of the verdict'), Number(/(\d+) blockers? before/.exec(page.verdict)?.[1] ?? 0), stops.length)
    agrees(at('claims of the verdict'), Number(/(\d+) only claimed/.exec(page.verdict)?.[1] ?? 0), claims.length)
  }

  // The page in the browser: headline, strip, legend and lines.
  const printed = printedBoard(project, board)
  const [plain, marked] = [boardText(board, 'x'), boardMarkdown(board, 'x')]
  agrees(at('lines that block in the banner'), Number(/(\d+) lines? blocks? go-live/.exec(printed.head)?.[1]), stops.length)
  agrees(at('claims in the banner'), Number(/(\d+) (?:is|are) only claimed/.exec(printed.head)?.[1]), claims.length)
  const summed = (word: string): number => printed.strip.slice(0, 4).reduce((sum, gate) => sum + (gate[word] ?? 0), 0)
  agrees(at('blocked in the strip'), summed('Blocked'), stops.length)
  agrees(at('claimed in the strip'), summed('Claimed'), claims.length)
  for (const [index, { phase, gate, criteria: list }] of board.phases.entries()) {
    const own = printed.strip[index] ?? {}
    agrees(
      at(`strip of ${phase.id} sums to its lines`),
      Object.values(own).reduce((sum, n) => sum + n, 0),
      list.length,
    )
    agrees(at(`proven in the strip of ${phase.id}`), `${own.Proven ?? 0} of ${list.length} proven`, provenOf(list))
    const told = /(\d+) of \d+/.exec(printed.counts[index] ?? '')?.[1]
    if (gate !== 'not due') agrees(at(`count of ${phase.id} in the table`), Number(told ?? 0), own.Blocked ?? 0)
    for (const each of list) {
      const word = printed.lines[index]?.find(({ name: line }) => line === nameOf(each))?.word
      agrees(at(`word of ${each.criterion.code} on the page`), word, lineWord(each))
      agrees(at(`word of ${each.criterion.code} in the legend`), printed.legend.includes(word ?? ''), true)
      const inText = new RegExp(`^  ${lineWord(each)}\\s+${slugOf(each.criterion.code)}:`, 'm').test(plain)
      agrees(at(`word of ${each.criterion.code} on the command line`), inText, true)
      const markdown = marked.includes(`**${lineWord(each)}** ${slugOf(each.criterion.code)}:`)
      agrees(at(`word of ${each.criterion.code} in Markdown`), markdown, true)
    }
  }
  agrees(
    at('verdict'),
    page.verdict.startsWith('Go: '),
    board.phases.every(({ phase, gate }) => !before.has(phase.id) || gate === 'ready'),
  )
  const inHeadline = [...headline(board).matchAll(/(\d+) blockers?/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  agrees(at('headline'), inHeadline, board.blockers.length)
  agrees(at('claimed'), boardJson(board).claimed, judged.filter(({ state }) => state === 'claimed').length)
  for (const each of judged) {
    const says = boardMarkdown(board, 'x').includes(`** ${slugOf(each.criterion.code)}:`)
    agrees(at(`${each.criterion.code} on the board`), says, true)
    if (each.state === 'proven') agrees(at(`${each.criterion.code} has no open place`), each.measure?.cells.length, 0)
  }

  // Sheets of one topic say of each line what the board says.
  for (const [kind, { lines = [] }] of json)
    for (const line of lines as readonly { code: string; standing: string; words: string }[]) {
      const one = own(slugOf(line.code))
      agrees(at(`${line.code} on ${kind}`), [line.standing, line.words], [one.standing, wordsOf(one)])
      agrees(at(`word of ${line.code} on ${kind}`), texts.get(kind)?.includes(`${lineWord(one)}`), true)
    }

  // Risks.
  const open = registerOf(project, board).filter(({ closed }) => closed === null).length
  agrees(at('risks of the go/no-go page'), page.risks.length, open)
  agrees(at('risks of the month'), Number(/(\d+) are open;/.exec(month)?.[1]), open)

  // The integration map is no greener than its criteria.
  const limits = trafficLimits(own('interface-messages').thresholds)
  const map = interfaceMap(rowsOf(project, 'interfaces') ?? [], rowsOf(project, 'tests'), rowsOf(project, 'messages'), limits)
  const gaps = map.exchanges.filter((each) => each.gaps.length > 0)
  agrees(at('gaps of the integration map'), gaps.length, own('integration-map').measure?.cells.length)
  if (own('integration-map').state !== 'proven')
    agrees(at('integration map is open'), gaps.every(isOpen) && gaps.length > 0, true)

  // Nothing is cut enough whose backlog is never worked off.
  const day = goLiveOf(rowsOf(project, 'milestones') ?? [])
  const cut = own('capacity-cut')
  const clinics = bookedClinics(rowsOf(project, 'bookings') ?? [], day ?? asOf, cut.thresholds.weeksBefore ?? 4, asOf)
  const views = clinics.map((clinic) => {
    const advice = adviseCut(clinic, cutAssumptions(cut.thresholds), cutSeed)
    return { never: neverWorkedOff(clinic), ...judgedCut(clinic, advice, cut.thresholds) }
  })
  agrees(at('clinics of the cut'), clinics.length > 0, true)
  agrees(
    at('cut of bookings'),
    cut.state === 'proven',
    views.every(({ holds, never }) => holds === true && !never),
  )

  // The hand-over and its criterion.
  const handOver = own('hand-over')
  agrees(at('hand-over'), / Complete: |\nComplete: |^Complete: /.test(pack), handOver.state === 'proven')
  agrees(at('hand-over counts'), pack.includes(wordsOf(handOver).slice(0, 30)), true)

  // Overloaded roles by the findings that the hand-over lists.
  const roles = (project.runs.at(-1)?.findings ?? []).filter(({ code }) => code === 'workflow/overloaded-role')
  const [severe = '0', mild = '0'] = [
    /^(\d+) overloaded/.exec(own('overloaded-roles').measure?.words ?? '')?.[1],
    /(\d+) more near/.exec(own('overloaded-roles').measure?.words ?? '')?.[1],
  ]
  agrees(at('overloaded roles'), Number(severe) + Number(mild), roles.length)
}

/** The usual run takes one state of each phase, another one in the next phase; the long run all. */
const walked = exampleSets.filter((_, index) => process.env.LONG || index % 3 === Math.floor(index / 3) % 3)

for (const { name, flaw } of walked)
  test(`the pages of the set ${name} do not contradict each other`, () => {
    const before = found.length
    walk(name, readyProject(flaw === null ? [] : [flaw]))
    expect(found.slice(before)).toEqual([])
  })

test('a role near its limit is on the board as well as among the findings', () => {
  const ready = readyProject([])
  const [run] = ready.runs
  if (!run) throw new Error('no run')
  const role = {
    code: 'workflow/overloaded-role',
    severity: 'warning',
    place: 's0',
    input: 'refill',
    count: 1,
    denominator: 4,
    patients: null,
    fingerprint: 'o1',
    outcome: 'kept',
  } as const
  const before = found.length
  walk('overloaded', ranAgain(ready, { ...run, findings: [role] }))
  expect(found.slice(before)).toEqual([])
})

test('a queue that is never worked off keeps the cut from being proven', () => {
  const even = {
    clinic: 'A',
    visits: 10,
    minutes: 20,
    noShow: 0,
    capacity: 200,
    first: 6,
    comparable: 10,
    cut: 40,
    firstLines: [],
  }
  const advice = adviseCut(even, cutAssumptions(capacityCut.thresholds), cutSeed)
  expect(neverWorkedOff(even)).toBe(true)
  expect(judgedCut(even, advice, capacityCut.thresholds)).toMatchObject({ enough: false, holds: false })
})

afterAll(() => {
  process.stdout.write(`${found.length} contradictions among ${compared} numbers and words of ${walked.length + 1} sets\n`)
})
