/**
 * What a template brings into a project. Maps: the ledger names each by what it says, and until that changes it is no evidence. Files: drafts
 * that no line of the board reads, until a named person saves them as the clinic's own.
 */
import { digestOf, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { type Hand, record } from '../../project/acts/hand.ts'
import type { Project, WorkflowDocuments } from '../../project/format/project.ts'
import { jsonOf } from '../../project/format/save.ts'
import { openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { documentsOf } from '../../workflow/map/files.ts'
import type { Graph, Workflow } from '../../workflow/map/workflow.ts'
import { type InputKind, inputKindNames, inputPath } from '../input-files/files.ts'
import { exampleTaken } from './input-acts.ts'

function objectOf(id: string): string {
  return `workflows/${id}`
}

/** Digest of what a pair says: steps, roles, facts, flows and trace; not where they stand. */
export function meaningDigest({ current, future, trace }: Workflow): string {
  return digestOf([saidBy(current), saidBy(future), jsonOf(sorted(trace, (link) => link))])
}

function saidBy({ label, lanes, elements, nodes, edges }: Graph) {
  return jsonOf({
    label,
    lanes: sorted(lanes, ({ height, ...lane }) => lane),
    elements: sorted(elements, (element) => element),
    nodes: sorted(nodes, ({ x, y, colour, ...node }) => node),
    edges: sorted(edges, ({ bends, ...edge }) => edge),
  })
}

/** An edit that was taken back may leave records in another order. */
function sorted<T>(records: ReadonlyMap<string, T>, said: (each: T) => object): readonly object[] {
  return [...records].sort(([a], [b]) => compareText(a, b)).map(([, each]) => said(each))
}

const meanings = new WeakMap<WorkflowDocuments, string>()

/** Ids of the maps that still say what their template said. */
export function templateMaps({ workflows, ledger }: Pick<Project, 'workflows' | 'ledger'>): ReadonlySet<string> {
  const taken = new Set(ledger.flatMap(({ action, object, digest }) => (action === exampleTaken ? [`${object} ${digest}`] : [])))
  if (taken.size === 0) return taken
  return new Set(
    workflows.filter((documents) => taken.has(`${objectOf(documents.id)} ${meaningOf(documents)}`)).map(({ id }) => id),
  )
}

function meaningOf(documents: WorkflowDocuments): string {
  const known = meanings.get(documents) ?? meaningDigest(openedWorkflow(documents).workflow)
  meanings.set(documents, known)
  return known
}

function draftPath(kind: InputKind): string {
  return `readiness/drafts/${kind}.csv`
}

/** The draft of a kind that has no file yet; null where the template brought none, or a file took its place. */
export function draftOf({ other }: Pick<Project, 'other'>, kind: InputKind): string | null {
  const bytes = other.has(inputPath(kind)) ? undefined : other.get(draftPath(kind))
  return bytes === undefined ? null : new TextDecoder().decode(bytes)
}

export function draftKinds(project: Pick<Project, 'other'>): readonly InputKind[] {
  return inputKindNames.filter((kind) => draftOf(project, kind) !== null)
}

/** The maps and drafts of a template; what is there already stays as it is. */
export function withTemplate(
  project: Project,
  { workflows, files }: { readonly workflows: readonly Workflow[]; readonly files: ReadonlyMap<InputKind, string> },
  hand: Hand,
): Project {
  const here = new Set(project.workflows.map(({ id }) => id))
  const brought = workflows.filter(({ id }) => !here.has(id)).map((workflow): WorkflowDocuments => documentsOf(workflow))
  const acts = brought.map((documents) => ({
    action: exampleTaken,
    object: objectOf(documents.id),
    digest: meaningOf(documents),
  }))
  const all = [...project.workflows, ...brought].sort((a, b) => (a.id < b.id ? -1 : 1))
  const drafts = [...files].map(([kind, text]) => [draftPath(kind), utf8(text)] as const)
  return record({ ...project, workflows: all, other: new Map([...project.other, ...drafts]) }, acts, hand)
}

/** Why a run over these maps proves nothing, in words; null where none of them is as its template drew it. */
export function templateReason(templates: ReadonlySet<string>, ids: readonly string[]): string | null {
  const found = ids.filter((id) => templates.has(id))
  if (found.length === 0) return null
  const maps = found.length === 1 ? `the map ${found[0]} is` : `the maps ${found.join(', ')} are`
  return `${maps} as the template drew ${found.length === 1 ? 'it' : 'them'}, an example and not this clinic`
}
