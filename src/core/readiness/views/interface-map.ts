/** The integration map as it is drawn: who exchanges what with whom, how it was tested, and what people do while it is down. */
import { compareText } from '../../finding.ts'
import { dayText } from '../../values/day.ts'
import { interfaceGaps } from '../criteria/configuration/integration-map.ts'
import { arrives, type Traffic, type TrafficLimits, trafficOf } from '../measures/traffic.ts'
import type { EvidenceOf } from '../model/artifact.ts'

type InterfaceRow = EvidenceOf['interfaces']['rows'][number]
type TestRow = EvidenceOf['tests']['rows'][number]

/** `failed`: the named test did not pass last, or fewer messages arrived once, or later, than is asked. `named`: a test is named that no result belongs to. */
export type Proof = 'tested' | 'failed' | 'named' | 'none'

export interface Exchange {
  readonly row: InterfaceRow
  readonly proof: Proof
  /** What the proof rests on, in words. */
  readonly proofWords: string
  /** The last run of the test that it names; null where no result has that name. */
  readonly test: TestRow | null
  readonly traffic: Traffic | null
  /** What people do while it is down; null where nobody said. */
  readonly downtime: string | null
  /** What the row leaves open, as the criterion of the map counts it. */
  readonly gaps: readonly string[]
}

export interface SystemOfMap {
  readonly name: string
  readonly exchanges: number
  readonly open: number
}

export interface InterfaceMap {
  readonly systems: readonly SystemOfMap[]
  /** By name of the interface. */
  readonly exchanges: readonly Exchange[]
}

/**
 * Systems are the same however their names are capitalised or spaced; the first writing is shown.
 * @param limits what the criterion about messages asks
 */
export function interfaceMap(
  rows: readonly InterfaceRow[],
  tests: readonly TestRow[] | null,
  messages: EvidenceOf['messages']['rows'] | null,
  limits: TrafficLimits,
): InterfaceMap {
  const traffic = trafficOf(messages ?? [])
  const names = new Map<string, string>()
  const systemName = (text: string): string => {
    const key = text.trim().toLowerCase().replace(/\s+/g, ' ')
    const name = names.get(key) ?? text.trim()
    names.set(key, name)
    return name
  }
  const exchanges = rows
    .map((row) => exchangeOf({ ...row, from: systemName(row.from), to: systemName(row.to) }, tests ?? [], traffic, limits))
    .sort((a, b) => compareText(a.row.edge_id, b.row.edge_id) || a.row.line - b.row.line)
  const systems = [...names.values()].sort(compareText).map((name) => {
    const own = exchanges.filter(({ row }) => row.from === name || row.to === name)
    return { name, exchanges: own.length, open: own.filter(isOpen).length }
  })
  return { systems, exchanges }
}

/** Something about it is still to do: a test that did not pass or is not there, or something that its row leaves open. */
export function isOpen({ proof, gaps }: Exchange): boolean {
  return proof !== 'tested' || gaps.length > 0
}

function exchangeOf(
  row: InterfaceRow,
  tests: readonly TestRow[],
  traffic: ReadonlyMap<string, Traffic>,
  limits: TrafficLimits,
): Exchange {
  const test = tests
    .filter(({ test_id }) => test_id === row.test_evidence)
    .reduce<TestRow | null>((last, each) => (last === null || each.run_at.at >= last.run_at.at ? each : last), null)
  const own = traffic.get(row.edge_id) ?? null
  const parts = [
    ...(row.test_evidence === null
      ? ['names no test']
      : test === null
        ? [`names the test ${row.test_evidence}, of which there is no result`]
        : [`${row.test_evidence}: ${test.result} on ${dayText(test.run_at.text)}`]),
    ...(own === null
      ? ['no message is logged']
      : [`${own.right} of ${own.sent} messages arrived once, ${own.lost} lost, ${own.doubled} doubled`]),
  ]
  return {
    row,
    proof: proofOf(row, test, own, limits),
    proofWords: parts.join('; '),
    test,
    traffic: own,
    downtime: row.downtime,
    gaps: interfaceGaps(row),
  }
}

function proofOf(row: InterfaceRow, test: TestRow | null, traffic: Traffic | null, limits: TrafficLimits): Proof {
  if ((test !== null && test.result !== 'pass') || (traffic !== null && !arrives(traffic, limits))) return 'failed'
  // A test that is named and has no result shows nothing, whatever was sent meanwhile.
  if (row.test_evidence !== null) return test === null ? 'named' : 'tested'
  return traffic === null ? 'none' : 'tested'
}
