/** Clusters that a person joins, as lines the ledger reads: each further record is merged into the one that survives. */
import type { Explanation } from '../reconcile/account/result.ts'
import type { LinkCluster, LinkPlace } from './linkage-types.ts'

export interface Decision {
  /** Number of the surviving record; the first of the cluster when left out. */
  readonly survivor?: number
  readonly reason: string
  /** Name of the person who decides; empty for a proposal, which the ledger does not take. */
  readonly by: string
}

/** @param tableOf name of the legacy table by number of the input */
export function mergesOf(cluster: LinkCluster, tableOf: (input: number) => string, decision: Decision): Explanation[] {
  const survivor = cluster.records.find(({ number }) => number === decision.survivor) ?? cluster.records[0]
  if (!survivor) return []
  return cluster.records
    .filter((record) => record !== survivor)
    .map((record) => ({
      side: 'legacy',
      table: tableOf(record.input),
      record: nameOf(record),
      state: 'merged',
      into: nameOf(survivor),
      reason: decision.reason,
      by: decision.by,
    }))
}

/** The record as the ledger knows it: by its identifier, or by its number in the file. */
function nameOf({ id, record }: LinkPlace): string {
  return id ?? `record:${record}`
}
