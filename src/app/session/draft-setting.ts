/** Where this browser keeps what readers of a project have half written; emptied when the project is erased. */
export function draftSetting(project: string): string {
  return `drafts ${project}`
}

/** Where this browser keeps what can be undone in the maps of a project. */
export function historySetting(project: string): string {
  return `history ${project}`
}

/** Where this browser keeps up to when comments of a project were read. */
export function talkSetting(project: string): string {
  return `talk ${project}`
}

/** Where this browser keeps the named versions of the maps of a project. */
export function versionSetting(project: string): string {
  return `versions ${project}`
}

/** Where this browser keeps how each person left a project. */
export function visitSetting(project: string): string {
  return `visit ${project}`
}
