/** What a reader brings back: the chain of one opening of a bundle with its verdicts. It is judged whole, and joins the project as a union. */

import { refuse } from '../acts/refusal.ts'
import { paths } from '../format/documents.ts'
import { openProject } from '../format/open.ts'
import type { Project, ProjectFiles } from '../format/project.ts'
import { saveProject } from '../format/save.ts'
import { forksIn, ledgerUnion } from '../ledger/ledger-union.ts'
import { bundleKeyed } from '../sample/lent-sessions.ts'
import { isReaderChain } from '../sample/reader-chain.ts'
import { trapsOf } from '../sample/trap-list.ts'
import type { Verifier } from '../signing/signature.ts'
import { signedChains } from '../signing/signed-heads.ts'
import { projectTrouble } from '../verify/ledger-trouble.ts'
import { type MergeOutcome, mergeProjects } from './merge-projects.ts'
import { bundleIssued, bundleName } from './reader-bundle.ts'

/** Answers lie under this folder, so that only what was sealed as private comes out of it. */
const folder = 'private/answers/'

/** The documents of a reader's project that go back; the records themselves do not. */
const returned: readonly string[] = [paths.manifest, paths.ledger, paths.heads, paths.verdicts, paths.calibration, paths.comments]

/** Files to be sealed and handed back. */
export function answerFiles(project: Project): ProjectFiles {
  const files = saveProject(project)
  return new Map(
    returned.flatMap((path) => {
      const bytes = files.get(path)
      return bytes ? [[`${folder}${path}`, bytes] as const] : []
    }),
  )
}

export type AnswersReading = { readonly ok: true; readonly answers: Project } | { readonly ok: false; readonly problem: string }

/** Answers in files that were unsealed; whole or not at all. */
export function readAnswers(given: ProjectFiles): AnswersReading {
  const files = new Map(
    [...given].flatMap(([path, bytes]) => (path.startsWith(folder) ? [[path.slice(folder.length), bytes]] : [])),
  )
  const { project, problems } = openProject(files)
  if (!project?.manifest.reader) return refuse('This file holds no answers of a reader.')
  const [first] = problems
  return first ? refuse(`The answers can not be read: ${first.what}`) : { ok: true, answers: project }
}

/** Joins answers with the project their bundle came from. Nothing is merged unless all of it stands; nothing that is here is replaced. */
export async function mergeAnswers(here: Project, answers: Project, verifier: Verifier): Promise<MergeOutcome> {
  const why = whyNotMerged(here, answers) ?? (await whyNotSigned(here, answers, verifier))
  if (why !== null) return refuse(`Nothing was merged: ${why}`)
  const { ledger, review } = answers
  return mergeProjects(here, {
    ...here,
    ledger,
    heads: answers.heads,
    review: { ...here.review, events: review.events, ...(review.calibration ? { calibration: review.calibration } : {}) },
    private: new Map([...answers.private].filter(([path]) => path === paths.comments)),
  })
}

function whyNotMerged(here: Project, answers: Project): string | null {
  const { manifest, ledger, review } = answers
  const mark = manifest.reader
  if (!mark || !isReaderChain(answers)) return 'these answers hold acts that a reader of a bundle can not do.'
  if (mark.project !== here.manifest.id) return `these answers belong to another project (${manifest.name}).`
  const trouble = projectTrouble(answers)
  if (trouble) return `the answers do not stand as they were recorded. ${trouble}`
  const issued = here.ledger.findLastIndex(({ action, object }) => action === bundleIssued && object === bundleName(mark.bundle))
  if (issued < 0) return 'this project has not written the bundle that these answers come from.'
  if (here.ledger[issued]?.digest !== ledger[0]?.digest) return 'the bundle was changed after it was written.'
  const since = here.ledger.findLastIndex(({ action }) => action === 'sample-drawn' || action === 'plan-reopened')
  if (since > issued)
    return 'the sample was planned or drawn again since the bundle was written, so its verdicts speak of earlier records.'
  const stranger = ledger.find(({ device, actor }) => device !== mark.device || actor !== mark.reader)
  if (stranger) return `entry ${stranger.seq} was not made by the reader of the bundle.`
  const drawn = new Set([...(here.review.draw?.records ?? []), ...trapsOf(here)].map(({ id }) => id))
  for (const event of review.events) {
    if (event.by !== mark.reader || !event.id.startsWith(`${mark.device}-`))
      return `verdict ${event.id} is not one of this reader.`
    if (!drawn.has(event.record)) return `verdict ${event.id} is about a record outside the sample.`
    if (event.kind === 'record' && event.reading === 'adjudication') return `verdict ${event.id} decides between readers.`
  }
  const other = (review.calibration ?? []).find(({ by, id }) => by !== mark.reader || !id.startsWith(`${mark.device}-`))
  if (other) return `${other.id} is not one of this reader.`
  const forks = forksIn(ledgerUnion(here.ledger, ledger)).filter(({ device }) => device === mark.device)
  return forks.length > 0 ? 'an earlier state of these answers is here already, and the two do not fit together.' : null
}

/** A bundle of this version brought the key that its answers are signed with; without it nobody speaks for this reader. */
async function whyNotSigned(here: Project, answers: Project, verifier: Verifier): Promise<string | null> {
  const mark = answers.manifest.reader
  if (!mark) return null
  const given = here.ledger.find(
    ({ action, object }) => action === bundleKeyed && object === `${bundleName(mark.bundle)}/${mark.reader}`,
  )
  if (!given) return null
  const chains = await signedChains(answers, answers.ledger, verifier)
  const chain = chains.get(mark.device)
  if (chain?.key !== given.digest) return 'the answers are not signed with the key of the bundle.'
  return chain.fault === null ? null : `the chain of the answers ${chain.fault}.`
}
