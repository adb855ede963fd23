/** Where the log of a shared map lies; apart from the log, so that whoever only asks whether a map is shared loads nothing of it. */

export function editLogPath(workflow: string): string {
  return `workflows/${workflow}/edits.jsonl`
}

/** The log before a fresh document was begun. */
export function earlierLogPath(workflow: string): string {
  return `workflows/${workflow}/edits-before.jsonl`
}

/** The id of the workflow whose log lies there; null for any other path. */
export function workflowOfLog(path: string): string | null {
  return /^workflows\/([a-z0-9][a-z0-9-]*)\/edits(?:-before)?\.jsonl$/.exec(path)?.[1] ?? null
}
