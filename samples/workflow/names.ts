/** Names of the example workflows, known before the maps themselves are loaded. */

export const workflowExampleNames: readonly { readonly id: string; readonly label: string; readonly detail: string }[] = [
  { id: 'clinic-intake', label: 'Clinic intake', detail: 'one clerk, and a check that vitals need not wait for' },
  { id: 'vitals-re-keying', label: 'Vitals re-keying', detail: 'typed twice, late, with 14 clicks' },
  { id: 'medication-refill', label: 'Medication refill', detail: 'a signature that became a click, and messages passed on' },
  { id: 'lab-result', label: 'Lab result routing', detail: 'results that nobody owns or closes' },
  { id: 'referral-fax', label: 'Referral fax', detail: 'printed, scanned, sent back, never closed' },
  { id: 'discharge', label: 'Discharge', detail: 'two approvals, a pharmacy round, needless waiting' },
  { id: 'prior-authorisation', label: 'Prior authorisation', detail: 'two approvals, work sent back, a wait nobody measures' },
  { id: 'ed-triage', label: 'Emergency triage', detail: 'one busy nurse, an order turned round, orders at a desk' },
  { id: 'ed-charting', label: 'Emergency charting and orders', detail: 'hundreds of clicks and alerts that are clicked away' },
  { id: 'e-prescribing-alerts', label: 'e-Prescribing alerts', detail: 'new alerts and a transmission without a way out' },
  { id: 'bedside-documentation', label: 'Bedside documentation', detail: 'a list beside the record, late entries at a desk' },
  { id: 'sepsis-pathway', label: 'Sepsis pathway after go-live', detail: 'lactate asked for before triage' },
]
