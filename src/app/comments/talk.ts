/** Comments of the open project: kept in its private part, for they may name a patient; what was read is this browser's own. */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import {
  type Anchor,
  joinedMarks,
  markedRead,
  mentionsIn,
  type Person,
  type ReadMarks,
  readTalk,
  type TalkEvent,
  type Thread,
  talkBytes,
  threadsOf,
} from '../../core/workflow/together/talk.ts'
import { actOrSay } from '../session/act.ts'
import { browserStore } from '../session/browser-store.ts'
import { talkSetting } from '../session/draft-setting.ts'
import { useWorkspace, workspace } from '../session/state.ts'

/** Every thread of the project, in the order in which they began. */
export function useThreads(): readonly Thread[] {
  const bytes = useWorkspace((w) => w.project?.private.get(paths.talk))
  return useMemo(() => threadsOf(readTalk(bytes).events), [bytes])
}

export function beginThread(about: Anchor, text: string, people: readonly Person[]): Promise<boolean> {
  return say((id) => ({ thread: id, about }), text, people)
}

export function reply({ id }: Thread, text: string, people: readonly Person[]): Promise<boolean> {
  return say(() => ({ thread: id }), text, people)
}

function say(
  where: (id: string) => { thread: string; about?: Anchor },
  text: string,
  people: readonly Person[],
): Promise<boolean> {
  const id = crypto.randomUUID()
  return add((by, at) => ({ kind: 'said', id, by, at, text, mentions: [...mentionsIn(text, people)], ...where(id) }))
}

/** Resolves a thread, or opens it again. */
export function settle({ id: thread }: Thread, isOpen: boolean): Promise<boolean> {
  return add((by, at) => ({ kind: 'settled', id: crypto.randomUUID(), thread, by, at, isOpen }))
}

/** Takes back what this person said. */
export function withdraw({ id: thread }: Thread, what: string): Promise<boolean> {
  return add((by, at) => ({ kind: 'withdrawn', id: crypto.randomUUID(), thread, by, at, what }))
}

function add(event: (by: string, at: string) => TalkEvent): Promise<boolean> {
  return actOrSay((project, { actor, wall }) => ({ ok: true, project: withEvent(project, event(actor, wall)) }))
}

function withEvent(project: Project, event: TalkEvent): Project {
  const { events, unread } = readTalk(project.private.get(paths.talk))
  return { ...project, private: new Map(project.private).set(paths.talk, talkBytes({ events: [...events, event], unread })) }
}

const useMarks = create<{ readonly project: string | null; readonly marks: ReadMarks }>()(() => ({ project: null, marks: {} }))

/** Up to when this person has read each thread. */
export function useReadMarks(): ReadMarks {
  const project = useWorkspace((w) => w.project?.manifest.id ?? null)
  const known = useMarks()
  useEffect(() => {
    if (project !== null && useMarks.getState().project !== project) void bringMarks(project)
  }, [project])
  return known.project === project ? known.marks : {}
}

async function bringMarks(project: string): Promise<void> {
  const text = await (await browserStore()).setting(talkSetting(project)).catch(() => null)
  const read = text === null ? null : parseJson(text)
  const kept: Record<string, string> = {}
  if (read?.ok && isMembers(read.value))
    for (const [id, at] of Object.entries(read.value)) if (typeof at === 'string') kept[id] = at
  useMarks.setState((now) => ({ project, marks: now.project === project ? joinedMarks(now.marks, kept) : kept }))
}

export function markRead(thread: Thread): void {
  const project = workspace().project?.manifest.id
  if (project === undefined) return
  const now = useMarks.getState()
  const marks = markedRead(now.project === project ? now.marks : {}, thread)
  if (marks === now.marks) return
  useMarks.setState({ project, marks })
  // A mark that is not kept shows a read comment as unread once more, and nothing else.
  void browserStore()
    .then((store) => store.keepSetting(talkSetting(project), JSON.stringify(marks)))
    .catch(() => undefined)
}
