/** What the log of an interface engine shows of each interface: sent, arrived once, lost, doubled, refused, and how long it took. */
import type { EvidenceOf } from '../model/artifact.ts'

export interface Traffic {
  /** Messages by their number, however often they were tried. */
  readonly sent: number
  /** Arrived exactly once. */
  readonly right: number
  readonly lost: number
  readonly doubled: number
  /** Of the lost: those that the other side refused (AE, AR). */
  readonly refused: number
  /** 95th percentile of the seconds from sending to arrival; 0 where nothing arrived. */
  readonly p95: number
}

export interface TrafficLimits {
  /** Percent of messages that have to arrive exactly once. */
  readonly leastPercent: number
  /** The 95th percentile of the time on the way, at most, in seconds. */
  readonly p95Seconds: number
}

export function arrives({ right, sent, p95 }: Traffic, { leastPercent, p95Seconds }: TrafficLimits): boolean {
  return right * 100 >= leastPercent * sent && p95 <= p95Seconds
}

interface Seen {
  readonly sent: Set<string>
  /** How often each message arrived. */
  readonly arrived: Map<string, number>
  readonly refused: Set<string>
  readonly seconds: number[]
}

/** By interface, in the order of their names. */
export function trafficOf(rows: EvidenceOf['messages']['rows']): ReadonlyMap<string, Traffic> {
  const edges = new Map<string, Seen>()
  for (const row of rows) {
    const edge: Seen = edges.get(row.edge_id) ?? { sent: new Set(), arrived: new Map(), refused: new Set(), seconds: [] }
    edges.set(row.edge_id, edge)
    edge.sent.add(row.message_id)
    if (row.received_at === null) continue
    if (row.ack === 'AE' || row.ack === 'AR') edge.refused.add(row.message_id)
    // What nobody acknowledged, or what arrived before it was sent, shows no arrival.
    else if (row.ack === 'AA' && row.received_at.at >= row.sent_at.at) {
      edge.arrived.set(row.message_id, (edge.arrived.get(row.message_id) ?? 0) + 1)
      edge.seconds.push((row.received_at.at - row.sent_at.at) / 1000)
    }
  }
  return new Map(
    [...edges]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { sent, arrived, refused, seconds }]) => {
        const lost = [...sent].filter((id) => !arrived.has(id))
        const doubled = [...arrived.values()].filter((n) => n > 1).length
        const sorted = seconds.toSorted((a, b) => a - b)
        return [
          name,
          {
            sent: sent.size,
            right: sent.size - lost.length - doubled,
            lost: lost.length,
            doubled,
            refused: lost.filter((id) => refused.has(id)).length,
            p95: sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0,
          },
        ]
      }),
  )
}
