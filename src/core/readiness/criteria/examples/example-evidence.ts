/** Small pieces of evidence for the examples of criteria. */
import type { RunFinding, RunInput, RunWorkflow } from '../../../project/format/run.ts'
import {
  blankEdge,
  blankLane,
  blankLink,
  blankNode,
  type Edge,
  emptyWorkflow,
  type Lane,
  linkKey,
  type Node,
  type TraceLink,
  type Workflow,
} from '../../../workflow/map/workflow.ts'
import { type InputKind, inputFiles } from '../../input-files/files.ts'
import type { InputFile, InputTable } from '../../input-files/input-file.ts'
import { readInput } from '../../input-files/read-input.ts'
import type { EvidenceOf } from '../../model/artifact.ts'

/** A workflow "refill" with these steps, flows and trace links. */
export function exampleWorkflow(parts: {
  readonly current?: readonly Partial<Node>[]
  readonly future?: readonly Partial<Node>[]
  readonly currentEdges?: readonly Partial<Edge>[]
  readonly futureEdges?: readonly Partial<Edge>[]
  readonly futureLanes?: readonly Partial<Lane>[]
  readonly trace?: readonly Partial<TraceLink>[]
}): Workflow {
  const empty = emptyWorkflow('refill', 'Medication refill')
  const byId = (nodes: readonly Partial<Node>[]): ReadonlyMap<string, Node> =>
    new Map(nodes.map((node) => [node.id ?? '', { ...blankNode, label: node.id ?? '', ...node }]))
  const flows = (edges: readonly Partial<Edge>[] = []): ReadonlyMap<string, Edge> =>
    new Map(edges.map((edge) => [edge.id ?? '', { ...blankEdge, ...edge }]))
  const links = (parts.trace ?? []).map((link) => ({ ...blankLink, ...link }))
  return {
    ...empty,
    current: { ...empty.current, nodes: byId(parts.current ?? []), edges: flows(parts.currentEdges) },
    future: {
      ...empty.future,
      lanes: new Map((parts.futureLanes ?? []).map((lane) => [lane.id ?? '', { ...blankLane, ...lane }])),
      nodes: byId(parts.future ?? []),
      edges: flows(parts.futureEdges),
    },
    trace: new Map(links.map((link) => [linkKey(link), link])),
  }
}

/** An input file from its text, head included; read when it is first looked at, because a list of examples reads few of them. */
export function exampleFile<K extends InputKind>(kind: K, text: string): EvidenceOf[K] {
  const file: InputFile = inputFiles[kind]
  let read: InputTable | null = null
  const table = (): InputTable => {
    read ??= readInput(file, text)
    return read
  }
  const later: InputTable = {
    get rows() {
      return table().rows
    },
    get missing() {
      return table().missing
    },
    get readAs() {
      return table().readAs
    },
    get problems() {
      return table().problems
    },
    get unknown() {
      return table().unknown
    },
    get refused() {
      return table().refused
    },
    get newest() {
      return table().newest
    },
  }
  texts.set(later, text)
  return later as EvidenceOf[K]
}

const texts = new WeakMap<object, string>()

/** The text of an input file of an example, as it was written; null for evidence that is no file. */
export function exampleText(value: object): string | null {
  return texts.get(value) ?? null
}

export function exampleFinding(code: string, parts: Partial<RunFinding> = {}): RunFinding {
  return {
    code,
    severity: 'error',
    place: 'allergies.code',
    input: 'allergies.csv',
    count: 3,
    denominator: 900,
    patients: 3,
    fingerprint: `${code}-example`,
    outcome: null,
    ...parts,
  }
}

export function exampleInput(parts: Partial<RunInput> = {}): RunInput {
  return { name: 'patients.csv', side: 'legacy', bytes: 100, sha256: '00', records: 900, status: 'read', ...parts }
}

export function exampleValidation(
  findings: readonly RunFinding[],
  inputs: readonly RunInput[] = [
    exampleInput({ name: 'allergies.csv' }),
    exampleInput({ name: 'Patient.ndjson', side: 'target' }),
  ],
  checks: readonly string[] = ['data/value-list', 'data/required', 'data/foreign-key'],
): EvidenceOf['validation'] {
  return { inputs, findings, notEvaluated: [], asked: inputs.map(({ name, side }) => ({ name, side, checks })) }
}

export function examplePairing(
  findings: readonly RunFinding[],
  parts: Partial<EvidenceOf['pairing']['pairing']> = {},
): EvidenceOf['pairing'] {
  const counts = { patients: 300, items: 2000, same: 1990, sameAfterRule: 0, changed: 10, lost: 0, appeared: 0 }
  const bySafety = { identity: 300, allergy: 200, 'active-medication': 500, result: 1000 }
  return { pairing: { ...counts, allergyStates: { 'known → known': 200 }, bySafety, ...parts }, findings }
}

export function exampleComparison(
  findings: readonly RunFinding[],
  workflow: Partial<RunWorkflow> = {},
): EvidenceOf['comparison'] {
  const simulated = { leadTime: { current: 104_400, future: 79_200 }, replications: 20 }
  return { findings, workflows: [{ id: 'refill', digest: 'sha256:00', traced: { of: 12, n: 12 }, ...simulated, ...workflow }] }
}

export function exampleStep(parts: Partial<RunFinding>): RunFinding {
  return exampleFinding('workflow/digitized-approval', {
    place: 'sign > approve',
    input: 'refill',
    patients: null,
    denominator: null,
    count: 1,
    ...parts,
  })
}
