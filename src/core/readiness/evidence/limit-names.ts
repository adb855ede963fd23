/** Names of the limits of criteria in words, with their units, read off the names of the members. */

const units: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/percent/i, '%'],
  [/days?$/i, 'days'],
  [/months/i, 'months'],
  [/weeks?/i, 'weeks'],
  [/hours/i, 'hours'],
  [/minutes/i, 'minutes'],
  [/seconds/i, 'seconds'],
  [/ms$/i, 'milliseconds'],
  [/points/i, 'points'],
  [/years/i, 'years'],
  [/permille/i, 'of 1,000'],
  [/times$|^factor$|^mostGrowth$/i, 'times'],
]

const own: Readonly<Record<string, string>> = {
  p95Seconds: 'at most, for 95 of 100',
  openP1: 'at most, of priority P1',
  mostP95Ms: 'at most, for 95 of 100',
  usersPerSuperUser: 'at most, users per super-user',
  mostPer100: 'at most, per 100 records',
  perMille: 'at most',
}

/** `mostMedianDays` → "at most, median days". */
export function limitName(name: string): string {
  const known = Object.hasOwn(own, name) ? own[name] : undefined
  if (known !== undefined) return known
  const words = name
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
    .trim()
  const [first, ...rest] = words.split(' ')
  const more = rest.join(' ')
  if (first === 'most') return more === '' ? 'at most' : `at most, ${more}`
  if (first === 'least') return more === '' ? 'at least' : `at least, ${more}`
  return /^(?:open|untraced|without|left|void|clicks|turned|elsewhere|uncovered)$/.test(name) ? `at most, ${words}` : words
}

/** Empty for a number of things. */
export function limitUnit(name: string): string {
  return units.find(([ending]) => ending.test(name))?.[1] ?? ''
}
