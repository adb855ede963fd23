/** One thread of comments, or a new one: what was said, and a field to answer. Ctrl Enter sends. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type Person, partsOf, type Said, type Thread } from '../../core/workflow/together/talk.ts'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import styles from './comments.module.css'
import type { People } from './people.ts'
import { PersonMark } from './person-mark.tsx'

export interface ThreadCardProps {
  /** What it is about, in words. */
  readonly title: string
  /** Null for one that begins here. */
  readonly thread: Thread | null
  readonly people: People
  readonly readOnly: boolean
  /** True where it was kept. */
  readonly onSay: (text: string) => Promise<boolean>
  readonly onSettle: (isOpen: boolean) => void
  readonly onWithdraw: (what: string) => void
  readonly onClose: () => void
  /** Class of the card in a page; over a map it floats. */
  readonly look?: string | undefined
}

export function ThreadCard(props: ThreadCardProps) {
  const { title, thread, people, readOnly, onSay, onSettle, onWithdraw, onClose, look = 'float' } = props
  const [text, setText] = useState('')
  const [sending, setSending] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = async (): Promise<void> => {
    if (text.trim() === '' || sending) return
    setSending(true)
    const done = await onSay(text.trim())
    setSending(false)
    if (done) setText('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (!sends && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (sends) void send()
    else onClose()
  }
  const label = thread ? 'Reply, @ for a name' : 'Comment, @ for a name'
  return (
    <div role="dialog" aria-label={`Comments on ${title}`} className={`${look} ${styles.card}`} onKeyDown={onKeyDown}>
      <div className="spread">
        <b className={styles.about}>{title}</b>
        <span className="line">
          {thread && !readOnly && (
            <Button onPress={() => onSettle(thread.resolved !== null)}>{thread.resolved ? 'Open again' : 'Resolve'}</Button>
          )}
          <Button look="quiet" aria-label="Close the comments" onPress={onClose}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </Button>
        </span>
      </div>
      {thread?.resolved && (
        <p className="muted caption">
          Resolved by {people.nameOf(thread.resolved.by)}, {formatMoment(thread.resolved.at)}
        </p>
      )}
      <ol className={`scroll ${styles.said}`} aria-label="What was said">
        {thread?.said.map((each) => (
          <Words
            key={`${each.id} ${each.at} ${each.by} ${each.text}`}
            said={each}
            people={people}
            readOnly={readOnly}
            onWithdraw={onWithdraw}
          />
        ))}
      </ol>
      {!readOnly && (
        <>
          <textarea
            ref={field}
            rows={2}
            className={styles.reply}
            aria-label={label}
            placeholder={label}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Names text={text} people={people.all} onName={(next) => setText(next)} />
          <Button isDisabled={text.trim() === '' || sending} onPress={() => void send()}>
            Send <kbd>Ctrl Enter</kbd>
          </Button>
        </>
      )}
    </div>
  )
}

function Words({
  said: { id, by, at, text },
  people,
  readOnly,
  onWithdraw,
}: {
  readonly said: Said
  readonly people: People
  readonly readOnly: boolean
  readonly onWithdraw: (what: string) => void
}) {
  const name = people.nameOf(by)
  let end = 0
  return (
    <li className={styles.words}>
      <PersonMark name={name} colour={people.colourOf(by)} />
      <div>
        <b>{name}</b> <span className="muted caption">{formatMoment(at)}</span>
        <p>
          {partsOf(text, people.all).map((part) => {
            end += part.text.length
            return part.person ? (
              <mark key={end} className={styles.mention}>
                {part.text}
              </mark>
            ) : (
              part.text
            )
          })}
        </p>
        {by === people.me && !readOnly && (
          <button type="button" className={`caption ${styles.back}`} onClick={() => onWithdraw(id)}>
            Take back
          </button>
        )}
      </div>
    </li>
  )
}

/** Names that go on with what is typed behind the last @. */
function Names({
  text,
  people,
  onName,
}: {
  readonly text: string
  readonly people: readonly Person[]
  readonly onName: (text: string) => void
}) {
  const begun = /(?:^|\s)@(\p{L}*)$/u.exec(text)?.[1]?.toLowerCase()
  const fitting = begun === undefined ? [] : people.filter(({ name }) => name.toLowerCase().startsWith(begun)).slice(0, 4)
  if (fitting.length === 0) return null
  return (
    <div className="row-start">
      {fitting.map(({ slug, name }) => (
        <Button key={slug} look="quiet" onPress={() => onName(`${text.replace(/\p{L}*$/u, '')}${name} `)}>
          @{name}
        </Button>
      ))}
    </div>
  )
}
