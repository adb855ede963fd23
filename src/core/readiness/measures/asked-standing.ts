/** How the staff was asked, role by role (item 12): ways, counts and response rates; small groups without a count. */

import { askingWays } from '../input-files/governance-files.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import { plainName } from './role-tasks.ts'
import { leastGroup, workingRoles } from './teams.ts'

type AskedRow = EvidenceOf['asking']['rows'][number]
export type AskingWay = (typeof askingWays)[number]

export interface AskedWay {
  readonly way: AskingWay
  /** All rounds together; null where so few were asked that a count would name a person. */
  readonly counts: { readonly answered: number; readonly invited: number } | null
  /** 0 to 100; null with the counts. */
  readonly percent: number | null
}

export interface RoleAsked {
  readonly role: string
  readonly ways: readonly AskedWay[]
  /** True where a round of this role was answered and nobody was told what came of it. */
  readonly untold: boolean
}

/** Roles of the roster that are here, by name; what IT thinks is known. */
export function askedByRole(rows: readonly AskedRow[], roster: EvidenceOf['roster']['rows'], asOf: string): readonly RoleAsked[] {
  const roles = workingRoles(roster, asOf)
  return roles.map((role) => {
    const own = rows.filter((row) => plainName(row.role) === plainName(role) && row.answered > 0)
    const ways = askingWays.flatMap((way): readonly AskedWay[] => {
      const rounds = own.filter((row) => row.way === way)
      if (rounds.length === 0) return []
      const invited = rounds.reduce((sum, row) => sum + row.invited, 0)
      const answered = rounds.reduce((sum, row) => sum + row.answered, 0)
      // Nobody is asked who is not there: an open channel is open to all, and has no rate.
      const small = rounds.some((row) => row.invited < leastGroup)
      return [
        {
          way,
          counts: small ? null : { answered, invited },
          percent: small || invited === 0 ? null : Math.floor((100 * answered) / invited),
        },
      ]
    })
    return { role, ways, untold: own.some(({ told_on }) => told_on === null) }
  })
}

/** "15 of 24 (62 %)", or that the group is too small to be counted. */
export function rateWords({ counts, percent }: AskedWay): string {
  return counts === null
    ? `asked; fewer than ${leastGroup} people, no count`
    : `${counts.answered} of ${counts.invited} (${percent} %)`
}

/** What is wanting of a role, in words; null where nothing is. */
export function askedOpen(
  { ways, untold }: RoleAsked,
  least: { readonly ways: number; readonly percent: number },
): string | null {
  const survey = ways.find(({ way }) => way === 'survey')
  const parts: string[] = []
  if (ways.length < least.ways) parts.push(ways.length === 0 ? 'not asked' : `asked in ${ways.length} way only`)
  if (survey && survey.percent !== null && survey.percent < least.percent)
    parts.push(`${survey.percent} % answered the survey; ${least.percent} % are asked for`)
  if (untold) parts.push('not told what came of it')
  return parts.length === 0 ? null : parts.join(', ')
}
