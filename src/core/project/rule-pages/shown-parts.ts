/** The parts of one example; what a run has to judge is handed in, so that a page asks a worker and a document asks the core. */
import type { PairExample } from '../../data/model/pair-example.ts'
import type { TableExample } from '../../data/model/table-example.ts'
import type { Finding } from '../../finding.ts'
import { drawnCase, drawnMap } from './drawn-maps.ts'
import { markedPair, markedTables } from './marked-tables.ts'
import type { Part } from './parts.ts'
import type { ShownExample } from './rule-page.ts'
import { toldEvidence } from './told-evidence.ts'

export interface Judge {
  readonly tables: (example: TableExample) => Promise<readonly Finding[]>
  readonly pair: (example: PairExample) => Promise<readonly Finding[]>
}

export async function partsOf(code: string, example: ShownExample, judge: Judge): Promise<readonly Part[]> {
  switch (example.kind) {
    case 'maps':
      return drawnCase(code, example.subject)
    case 'map':
      return drawnMap(code, example.subject)
    case 'evidence':
      return toldEvidence(code, example.subject)
    case 'tables':
      return markedTables(code, example.subject, await judge.tables(example.subject))
    case 'pair':
      return markedPair(code, example.subject, await judge.pair(example.subject))
  }
}
