/** Structural rules about names and drawing: can somebody else read this map? */
import { compareText } from '../../finding.ts'
import { sizeOf } from '../drawing/layout.ts'
import { isStep, type Node } from '../map/workflow.ts'
import { flaw, type StructureRule } from './structure-rule.ts'

/** Endings of English nouns made from verbs: "Referral completion" names a thing, "Complete referral" an act. */
const nounEnding = /(?:tion|sion|ment|ance|ence|ity|ness|ship|ing)$/

export const labelForm: StructureRule = {
  code: 'workflow/structure-label-form',
  title: 'A step is not named as an act',
  why: 'A verb and an object say who does what; one word or a heading leaves it open, and no trace can be suggested by name.',
  remedy: 'Name it with a verb and an object, such as “Sign refill form”.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const node of view.nodes) {
      if (!isStep(node) || node.type === 'wait' || node.label.trim() === '') continue
      const words = node.label.trim().toLowerCase().split(/\s+/)
      const last = words[words.length - 1] ?? ''
      if (words.length < 2) yield flaw([node.id], `“${node.label}” is one word: what is done with what?`)
      else if (nounEnding.test(last) && words.length === 2 && !nounEnding.test(words[0] ?? '') && !isVerb(words[0] ?? ''))
        yield flaw([node.id], `“${node.label}” names a thing, not an act.`)
    }
  },
}

/** Verbs that clinics use before such nouns: "Book consultation", "Send documentation". */
const verbs: ReadonlySet<string> = new Set(
  'add approve answer ask assign attach book bill call check close collect complete confirm copy create decide deliver document draft enter examine fax file fill find finish forward get give hand identify inform label list log make measure message note notify obtain open order page pick plan prepare prescribe print process provide put read receive record refer register release remind repeat report request review scan schedule screen see select send set sign sort start submit take tell track transcribe transmit transport triage type update upload use verify view wait walk weigh write'.split(
    ' ',
  ),
)

function isVerb(word: string): boolean {
  return verbs.has(word) || (word.includes('-') && verbs.has(word.slice(word.indexOf('-') + 1)))
}

export const questionMissing: StructureRule = {
  code: 'workflow/structure-question-missing',
  title: 'A decision asks nothing',
  why: 'Its answers have no meaning without the question.',
  remedy: 'Name it with a question, such as “Complete?”.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const [at, node] of view.nodes.entries())
      if (node.type === 'decision' && (view.out[at] ?? []).length > 1 && !node.label.trim().endsWith('?'))
        yield flaw([node.id], `The decision “${node.label}” is no question.`)
  },
}

export const overlappingShapes: StructureRule = {
  code: 'workflow/structure-overlap',
  title: 'Two shapes lie on each other',
  why: 'What lies below is not seen and not printed.',
  remedy: 'Move one of them, or lay the map out again.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    // A map that nobody laid out yet has everything in one corner.
    const placed = [...view.graph.nodes.values()].filter((node) => node.x !== 0 || node.y !== 0)
    const sorted = placed.sort((a, b) => a.x - b.x || compareText(a.id, b.id))
    let open: Node[] = []
    for (const node of sorted) {
      open = open.filter((other) => other.x + sizeOf(other).width > node.x)
      const { height } = sizeOf(node)
      for (const other of open)
        if (other.y < node.y + height && node.y < other.y + sizeOf(other).height)
          yield flaw([other.id, node.id], `“${other.label}” and “${node.label}” lie on each other.`)
      open.push(node)
    }
  },
}

export const duplicateId: StructureRule = {
  code: 'workflow/structure-duplicate-id',
  title: 'A step and a flow have the same id',
  why: 'Formats with one list of ids, such as BPMN, would lose one of them.',
  remedy: 'Rename one of the two in the file.',
  severity: 'error',
  blocks: false,
  *find(view) {
    for (const id of view.graph.nodes.keys())
      if (view.graph.edges.has(id)) yield flaw([id], `The id ${id} names a step and a flow.`, [id])
  },
}
