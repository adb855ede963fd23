/** Two lists by name as one. */
import { isMembers, type Members } from './json.ts'

/** Where both sides have a name, lists in it are joined, and anything else is that of this side. Names are sorted. */
export function joinedMembers(mine: Members, theirs: Members): Members {
  const joined: Record<string, Members[string]> = { ...theirs, ...mine }
  for (const [name, value] of Object.entries(mine)) {
    const other = theirs[name]
    if (isMembers(value) && isMembers(other)) joined[name] = joinedMembers(value, other)
  }
  return Object.fromEntries(Object.entries(joined).sort(([a], [b]) => (a < b ? -1 : 1)))
}
