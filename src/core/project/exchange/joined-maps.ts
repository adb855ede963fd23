/** Maps that both sides of a merge share: what either side's people drew is in the joined one, wherever both know what it began with. */
import { compareText } from '../../finding.ts'
import { documentsOf, readWorkflow } from '../../workflow/map/files.ts'
import { workflowDigest } from '../../workflow/map/write.ts'
import { logBytes, readLog } from '../../workflow/together/edit-log.ts'
import { joinCopies, type MapCopy } from '../../workflow/together/joined-map.ts'
import { earlierLogPath, editLogPath, workflowOfLog } from '../../workflow/together/log-path.ts'
import type { Project, WorkflowDocuments } from '../format/project.ts'

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** A map that was joined. */
export interface JoinedMap {
  readonly id: string
  readonly label: string
  /** What points at something that the other side removed and is left out, in words. */
  readonly repairs: readonly string[]
  /** Whether it shows anything that it did not show here before. */
  readonly isNew: boolean
}

export interface JoinedMaps {
  readonly workflows: readonly WorkflowDocuments[]
  /** Logs of the joined maps by path. */
  readonly logs: Files
  readonly maps: readonly JoinedMap[]
}

export function joinedMaps(here: Project, other: Project): JoinedMaps {
  const theirs = new Map(other.workflows.map((documents) => [documents.id, documents]))
  const logs = new Map<string, Uint8Array<ArrayBuffer>>()
  const maps: JoinedMap[] = []
  const workflows = here.workflows.map((documents) => {
    const given = theirs.get(documents.id)
    // Answers of a reader come with the maps that are here.
    if (given === documents) return documents
    const [mine, brought] = [copyIn(documents, here.other), copyIn(given, other.other)]
    const joined = mine && brought && joinCopies(mine, brought)
    if (!joined) return documents
    const { id } = documents
    const { workflow, log, before, repairs } = joined
    logs.set(editLogPath(id), logBytes(log))
    if (before) logs.set(earlierLogPath(id), logBytes(before))
    const isNew = workflowDigest(workflow) !== workflowDigest(mine.workflow)
    maps.push({ id, label: workflow.current.label || id, repairs: repairs.map(({ words }) => words), isNew })
    return isNew ? documentsOf(workflow) : documents
  })
  const isSame = workflows.every((documents, index) => documents === here.workflows[index])
  return { workflows: isSame ? here.workflows : workflows, logs, maps: maps.sort((a, b) => compareText(a.id, b.id)) }
}

/** Null where the map was not shared, or its documents can not be read whole: joining would lose what was not read. */
function copyIn(documents: WorkflowDocuments | undefined, files: Files): MapCopy | null {
  const bytes = documents && files.get(editLogPath(documents.id))
  const log = bytes && readLog(bytes)
  if (!documents || !log) return null
  const { id, current, future, trace, scenario } = documents
  const read = readWorkflow(id, {
    ...(current === null ? {} : { current }),
    ...(future === null ? {} : { future }),
    ...(trace === null ? {} : { trace }),
    ...(scenario === null ? {} : { scenario }),
  })
  const earlier = files.get(earlierLogPath(id))
  return read.problems.length > 0 ? null : { workflow: read.value, log, before: earlier ? readLog(earlier) : null }
}

/** Files of the other side without the logs of maps: one that lies beside other documents than its own would say that these were changed. */
export function withoutMapLogs(files: Files): Files {
  return new Map([...files].filter(([path]) => workflowOfLog(path) === null))
}

/** What a join of this map decides. */
export function pathsOfMap(id: string): readonly string[] {
  const documents = ['current', 'future', 'trace', 'scenario'].map((part) => `workflows/${id}/${part}.json`)
  return [...documents, editLogPath(id), earlierLogPath(id)]
}
