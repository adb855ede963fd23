/** People behind the slugs of the ledger, as far as this project names them. */
import type { PresenceColour } from '../../core/workflow/together/presence.ts'
import { colourFor } from '../../core/workflow/together/presence.ts'
import type { Person } from '../../core/workflow/together/talk.ts'
import { slugOf } from '../session/ledger.ts'
import { useWorkspace } from '../session/state.ts'

export interface People {
  readonly all: readonly Person[]
  /** Own slug. */
  readonly me: string
  /** A name for any slug; one that nobody explains is written as words. */
  readonly nameOf: (slug: string | null) => string
  readonly colourOf: (slug: string | null) => PresenceColour
}

export function usePeople(): People {
  const person = useWorkspace((w) => w.person)
  const keys = useWorkspace((w) => w.project?.keys)
  const me = slugOf(person?.name ?? '')
  const names = new Map((keys ?? []).map(({ actor, name }) => [actor, name]))
  if (person) names.set(me, person.name)
  const nameOf = (slug: string | null): string => (slug === null ? 'Outside this page' : (names.get(slug) ?? wordsOf(slug)))
  return {
    all: [...names].map(([slug, name]) => ({ slug, name })),
    me,
    nameOf,
    colourOf: (slug) => colourFor(slug ?? '', []),
  }
}

function wordsOf(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

/** Two letters for a round mark, never without the name beside it. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
