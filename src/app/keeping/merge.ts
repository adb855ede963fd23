/** A project from outside beside the same project as this browser keeps it: which one went further, and what only this browser has. */
import { counted } from '../../core/counted.ts'
import type { JoinedMap } from '../../core/project/exchange/joined-maps.ts'
import type { MergeOutcome } from '../../core/project/exchange/merge-projects.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'

export interface Merge {
  /** True where every document outside `private/` is the same, byte for byte. */
  readonly same: boolean
  /** `newer`: the incoming ledger goes on from the kept one; `older`: the other way round; `apart`: both went on. */
  readonly order: 'newer' | 'older' | 'apart'
  readonly keptEntries: number
  readonly incomingEntries: number
  /** Files of `private/` that the incoming project does not bring: salt, roster, comments. */
  readonly privateOnlyHere: ProjectFiles
}

export function keptBeside(incoming: ProjectFiles, kept: ProjectFiles): Merge {
  const hashes = (files: ProjectFiles): ReadonlySet<string> =>
    new Set((openProject(files).project?.ledger ?? []).map((entry) => entry.hash))
  const here = hashes(kept)
  const there = hashes(incoming)
  const within = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean => [...part].every((hash) => whole.has(hash))
  return {
    same: sameDocuments(incoming, kept),
    order: within(here, there) ? 'newer' : within(there, here) ? 'older' : 'apart',
    keptEntries: here.size,
    incomingEntries: there.size,
    privateOnlyHere: new Map([...kept].filter(([path]) => path.startsWith('private/') && !incoming.has(path))),
  }
}

function sameDocuments(a: ProjectFiles, b: ProjectFiles): boolean {
  const outside = (files: ProjectFiles): string[] => [...files.keys()].filter((path) => !path.startsWith('private/')).sort()
  const paths = outside(a)
  if (paths.join('\n') !== outside(b).join('\n')) return false
  return paths.every((path) => {
    const [one, other] = [a.get(path), b.get(path)]
    return one?.length === other?.length && one?.every((byte, index) => byte === other?.[index])
  })
}

/** What a merge brought, and what somebody has to look at, in words. */
export function mergeWords(
  { added, forks, keptHere, maps: together }: Extract<MergeOutcome, { readonly ok: true }>,
  name: string,
  /** Maps that differ and are joined on their own page. */
  maps: readonly string[] = [],
): { readonly done: string; readonly problem: string | null } {
  const { entries, verdicts, signatures } = added
  const signed = signatures === 0 ? '' : ` and ${signatures} ${signatures === 1 ? 'signature' : 'signatures'}`
  const came =
    entries === 0
      ? `${name} brought nothing new.`
      : `${name} brought ${entries} ledger ${entries === 1 ? 'entry' : 'entries'} with ${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'}${signed}.`
  const others = maps.length === 0 ? keptHere : keptHere.filter((path) => !path.startsWith('workflows/'))
  const kept = others.length === 0 ? '' : ` Documents that differ stayed as they are here: ${others.join(', ')}.`
  const drawn =
    maps.length === 0
      ? ''
      : ` ${maps.join(', ')}: ${maps.length === 1 ? 'this map differs' : 'these maps differ'}; open ${maps.length === 1 ? 'it' : 'each'} to join both states.`
  const parted = forks.map(({ device, seq }) => `${device} from entry ${seq} on`).join(', ')
  return {
    done: `${came}${kept}${drawn}${together.map(togetherWords).join('')}`,
    problem:
      forks.length === 0
        ? null
        : `Somebody went on from an old copy: the chain of ${parted} has two continuations. Both are kept and shown; nothing can be signed until a named person has settled on the Ledger page which one stands.`,
  }
}

function togetherWords({ label, repairs }: JoinedMap): string {
  const hidden =
    repairs.length === 0 ? '' : ` ${counted(repairs.length, 'thing')} in it had to be left out: ${repairs.join('; ')}.`
  return ` Map “${label}”: what both sides drew is joined.${hidden}`
}
