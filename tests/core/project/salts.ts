/** Salts that differ, and are the same on every run. */
let given = 0

export function salts(): string {
  given++
  return given.toString(16).padStart(32, '0')
}
