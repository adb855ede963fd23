/** Asks which FHIR server to read, and says plainly when this page may not reach it. */
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { readFromServer } from '../../workspace/sources.ts'
import { useWorkspace } from '../../workspace/state.ts'

const usualTypes = 'Patient, AllergyIntolerance, Condition, MedicationRequest, Immunization, Observation, DocumentReference'

export function ServerDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const connect = useWorkspace((w) => w.connect)
  const [base, setBase] = useState('')
  const [types, setTypes] = useState(usualTypes)
  const [token, setToken] = useState('')
  const origin = originOf(base)
  const allowed = origin !== null && (connect.includes(origin) || origin === location.origin)
  const wanted = types.split(/[\s,]+/).filter((type) => /^[A-Z][A-Za-z]+$/.test(type))
  return (
    <Dialog title="Read a FHIR server" open={open} onClose={onClose}>
      <p>
        The page asks the server for the named resource types, page by page. It may reach only servers that Carryover was started
        with
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
      <Field label="Resource types" value={types} onChange={setTypes} />
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
          isDisabled={!allowed || wanted.length === 0}
          onPress={() => {
            onClose()
            void readFromServer({ base, types: wanted, token: token === '' ? null : token, pageSize: 200 })
          }}
        >
          Read the server
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function originOf(text: string): string | null {
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null
  } catch {
    return null
  }
}
