/** Names of the project templates, known before their maps are loaded. */

interface TemplateName {
  readonly id: 'gp-practice' | 'outpatient-clinic' | 'hospital-ward' | 'laboratory'
  readonly title: string
  /** Its maps, in a few words. */
  readonly detail: string
}

export const projectTemplateNames: readonly TemplateName[] = [
  { id: 'gp-practice', title: 'GP practice', detail: 'repeat prescriptions, test results' },
  { id: 'outpatient-clinic', title: 'Outpatient clinic', detail: 'referral to appointment, clinic letters' },
  { id: 'hospital-ward', title: 'Hospital ward', detail: 'discharge with medicines, vital signs and score' },
  { id: 'laboratory', title: 'Laboratory', detail: 'sample to report, critical results' },
]

export type TemplateId = TemplateName['id']
