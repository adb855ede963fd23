/** Every project template; loaded when one is chosen. */
import type { TemplateId } from '../names.ts'
import type { ProjectTemplate } from '../project-template.ts'
import { gpPractice } from './gp-practice.ts'
import { hospitalWard } from './hospital-ward.ts'
import { laboratory } from './laboratory.ts'
import { outpatientClinic } from './outpatient-clinic.ts'

export const projectTemplates: Readonly<Record<TemplateId, ProjectTemplate>> = {
  'gp-practice': gpPractice,
  'outpatient-clinic': outpatientClinic,
  'hospital-ward': hospitalWard,
  laboratory,
}
