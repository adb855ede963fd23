/** How the open project stands with its server, in words: saved there, what waits here, or what to do. */
import { useEffect, useState } from 'react'
import { counted } from '../../core/counted.ts'
import { Button } from '../components/button.tsx'
import { SeverityMark } from '../components/severity-mark.tsx'
import { Kept } from '../frame/kept.tsx'
import { useWorkspace } from '../session/state.ts'
import styles from './team.module.css'
import { tryNow } from './team.ts'
import { type TeamState, useTeam } from './team-state.ts'

/** A project that is on no server shows where this browser keeps it. */
export function TeamLine() {
  const team = useTeam()
  const readOnly = useWorkspace((w) => w.project?.readOnly ?? null)
  const unkept = useWorkspace((w) => w.unkept)
  const now = useNow()
  if (team.project === null || unkept !== null) return <Kept />
  if (readOnly !== null) return <span>Read only: another tab talks to the server</span>
  const { mark, words } = lineWords(team, now)
  const places = team.clashes.reduce((sum, each) => sum + each.places.length, 0)
  const isOpen = team.line.kind === 'open' || team.line.kind === 'connecting'
  return (
    <>
      <span className={`line ${styles.state}`} role="status" title={team.refused ?? undefined}>
        <SeverityMark mark={mark} />
        {words}
      </span>
      {team.waiting.length > 0 && mark !== 'ok' && <a href="#/team?show=waiting">Show the {team.waiting.length}</a>}
      {team.clashes.length + team.twice.length > 0 && (
        <a href="#/team?show=decide">
          {team.clashes.length > 0
            ? `Decide ${counted(places, 'place')}`
            : `${counted(team.twice.length, 'thing')} decided twice`}
        </a>
      )}
      {(team.refused !== null || !isOpen) && team.line.kind !== 'signed-out' && (
        <Button look="quiet" onPress={tryNow}>
          Try now
        </Button>
      )}
      {team.line.kind === 'signed-out' && <a href="#/team">Sign in again</a>}
    </>
  )
}

function useNow(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** The sentence of the status bar, and its mark. "Saved" is said for the server's word alone. */
export function lineWords(
  {
    line,
    waiting,
    savedAt,
    refused,
    mayWrite = true,
    isTrying = false,
  }: Pick<TeamState, 'line' | 'waiting' | 'savedAt' | 'refused'> & Partial<Pick<TeamState, 'mayWrite' | 'isTrying'>>,
  now: number,
): { readonly mark: 'ok' | 'warning' | 'error' | 'info'; readonly words: string } {
  const wait = `${counted(waiting.length, 'change')} ${waiting.length === 1 ? 'waits' : 'wait'} here`
  if (line.kind === 'stopped') return { mark: 'error', words: line.why }
  if (line.kind === 'signed-out') return { mark: 'warning', words: waiting.length > 0 ? `Signed out: ${wait}` : 'Signed out' }
  if (line.kind === 'no-member')
    return { mark: 'error', words: 'You are no member of this project any more: it goes on in this browser alone' }
  if (refused !== null)
    return { mark: 'error', words: waiting.length > 0 ? `Not taken by the server: ${wait}` : 'Not taken by the server' }
  if (line.kind === 'offline')
    return { mark: 'warning', words: waiting.length > 0 ? `Offline: ${wait}` : 'Offline: go on, it is kept here' }
  if (line.kind === 'open' && !mayWrite)
    return {
      mark: waiting.length > 0 ? 'warning' : 'info',
      words:
        waiting.length > 0
          ? `You may look here: ${counted(waiting.length, 'change')} of yours ${waiting.length === 1 ? 'stays' : 'stay'} in this browser`
          : 'You may look here: what others do is shown, nothing of yours is sent',
    }
  if (isTrying && waiting.length > 0) return { mark: 'warning', words: `The server does not answer: ${wait}. It is tried again` }
  if (line.kind === 'connecting')
    return { mark: 'info', words: waiting.length > 0 ? `Connecting: ${wait}` : 'Connecting to the server…' }
  if (waiting.length > 0) return { mark: 'info', words: `Sending ${counted(waiting.length, 'change')}…` }
  if (savedAt === null) return { mark: 'info', words: 'Comparing with the server…' }
  return { mark: 'ok', words: `Saved on the clinic's server ${agoWords(now - savedAt)}` }
}

function agoWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s ago`
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`
}
