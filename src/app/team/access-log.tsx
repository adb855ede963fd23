/** The log of access as files: all of it, or of one day and one person. The server keeps it; the page only asks for it. */
import { useState } from 'react'
import { counted } from '../../core/counted.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Note } from '../components/panel.tsx'
import { Select } from '../components/select.tsx'
import { download } from '../window/download.ts'
import { useTeam } from './team-state.ts'

interface Props {
  readonly title: string
  /** What stands in it. */
  readonly about: string
  /** Address of the log. */
  readonly path: string
  /** Id and name of those by whom it may be narrowed. */
  readonly people: readonly (readonly [id: string, name: string])[]
}

/** No id of a person is empty. */
const everybody = ''

export function AccessLog({ title, about, path, people }: Props) {
  const days = useTeam((team) => team.account?.logDays ?? 0)
  const [day, setDay] = useState('')
  const [person, setPerson] = useState(everybody)
  const [problem, setProblem] = useState<string | null>(null)
  const save = (format: 'csv' | 'fhir') => async (): Promise<void> => {
    try {
      const asked = new URLSearchParams({ format, ...(day === '' ? {} : { day }), ...(person === everybody ? {} : { person }) })
      const answer = await fetch(`${path}?${asked}`)
      if (!answer.ok) throw new Error(`The server gave no log (${answer.status}). Try again in a moment.`)
      const type = format === 'csv' ? 'text/csv' : 'application/fhir+json'
      const name = ['access-log', day, person === everybody ? '' : person].filter((part) => part !== '').join('-')
      download(`${name}.${format === 'csv' ? 'csv' : 'json'}`, new Uint8Array(await answer.arrayBuffer()), type)
      setProblem(null)
    } catch (error) {
      setProblem(errorWords(error))
    }
  }
  return (
    <div className="stack">
      <h3>{title}</h3>
      <p className="caption muted">
        {about} It names no patient. The server keeps each line for {counted(days, 'day')}.
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <div className="row-end">
        <Field label="Day (optional)" type="date" value={day} onChange={setDay} />
        <Select label="Person" value={person} choices={[[everybody, 'Everybody'], ...people]} onChange={setPerson} />
        <Button onPress={save('csv')}>Save as CSV</Button>
        <Button onPress={save('fhir')}>Save as FHIR AuditEvent</Button>
      </div>
    </div>
  )
}
