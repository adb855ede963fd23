/** Asks which FHIR server to read, and says plainly when this page may not reach it. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { startServerExport } from '../acts/server-export.ts'
import { readFromServer } from '../acts/sources.ts'

const usualTypes = 'Patient, AllergyIntolerance, Condition, MedicationRequest, Immunization, Observation, DocumentReference'

export function ServerDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const connect = useWorkspace((w) => w.connect)
  const [base, setBase] = useState('')
  const [types, setTypes] = useState(usualTypes)
  const [token, setToken] = useState('')
  const [way, setWay] = useState<Way>('search')
  const [level, setLevel] = useState<(typeof levels)[number][0]>('Patient')
  const [group, setGroup] = useState('')
  const [since, setSince] = useState('')
  const origin = originOf(base)
  const allowed = origin !== null && (connect.includes(origin) || origin === location.origin)
  const isExport = way === 'export'
  const problem = !isExport
    ? null
    : level === 'Group' && !/^[A-Za-z0-9\-.]{1,64}$/.test(group)
      ? 'group'
      : since !== '' && instantOf(since) === null
        ? 'since'
        : null
  const wanted = types.split(/[\s,]+/).filter((type) => /^[A-Z][A-Za-z]+$/.test(type))
  return (
    <Dialog title="Read a FHIR server" open={open} onClose={onClose}>
      <p>
        The page may reach only servers that Carryover was started with
        {connect.length === 0 ? '; this time none was named.' : `: ${connect.join(', ')}.`}
      </p>
      <Field
        label="Address of the FHIR R4 server"
        hint="for example https://fhir.example.org/r4"
        value={base}
        onChange={setBase}
        autoFocus
      />
      {origin !== null && !allowed && (
        <Note mark="warning">
          This page can not reach {origin}. Stop Carryover and start it again with <code>npm start -- --connect {origin}</code>.
        </Note>
      )}
      <Select label="How it is read" value={way} choices={ways} onChange={setWay} />
      {isExport && (
        <>
          <Select label="What to export" value={level} choices={levels} onChange={setLevel} />
          {level === 'Group' && <Field label="Id of the group" value={group} onChange={setGroup} />}
          <Field label="Changed since (optional)" hint="a day, for example 2026-01-31" value={since} onChange={setSince} />
        </>
      )}
      <Field label={isExport ? 'Resource types (all where it is empty)' : 'Resource types'} value={types} onChange={setTypes} />
      <Field
        label="Bearer token (optional)"
        hint="kept in memory until the page closes, sent to this server only"
        type="password"
        value={token}
        onChange={setToken}
      />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={!allowed || (isExport ? problem !== null : wanted.length === 0)}
          onPress={() => {
            onClose()
            const given = token === '' ? null : token
            const at = level === 'Group' ? `Group/${group}` : level
            if (isExport)
              void startServerExport({ base, level: at, since: instantOf(since), types: wanted, typeFilters: [] }, given)
            else void readFromServer({ base, types: wanted, token: given, pageSize: 200 })
          }}
        >
          {isExport ? 'Begin the export' : 'Read the server'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

type Way = 'search' | 'export'

const ways = [
  ['search', 'Page by page (search), for some thousand records'],
  ['export', 'Bulk export ($export), for a whole clinic'],
] as const

const levels = [
  ['Patient', 'All patients'],
  ['Group', 'A group of patients'],
  ['system', 'The whole server'],
] as const

/** A day as the instant at which it begins; null where it is none. */
function instantOf(day: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? `${day}T00:00:00Z` : null
}

function originOf(text: string): string | null {
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null
  } catch {
    return null
  }
}
