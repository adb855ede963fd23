/** Lists that are never changed and only replaced by longer ones, as ledger and verdicts are. */

/** True where `list` is `before` with or without more after it: the very same items in the same places. */
export function beginsWith<T>(list: readonly T[], before: readonly T[]): boolean {
  if (list === before) return true
  if (list.length < before.length) return false
  for (let index = 0; index < before.length; index++) if (list[index] !== before[index]) return false
  return true
}
