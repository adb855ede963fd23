/** A template in a project that was just made: loaded when one is chosen, and one act like any other. */

import type { TemplateId } from '../../../samples/templates/names.ts'
import { templateContent } from '../../../samples/templates/project-template.ts'
import { projectTemplates } from '../../../samples/templates/projects/index.ts'
import { withTemplate } from '../../core/readiness/kept-files/template-maps.ts'
import { judgeOpened } from '../routes/workflow/acts/workflow-flags.ts'
import { actOrSay } from '../session/act.ts'
import { openProject, setWorkspace } from '../session/state.ts'
import { openWorkflows } from '../session/workflow-files.ts'

export async function takeTemplate(id: TemplateId): Promise<void> {
  await actOrSay(
    (project, hand) => {
      const content = templateContent(projectTemplates[id], hand.wall.slice(0, 10))
      return { ok: true, project: withTemplate(project, content, hand) }
    },
    () => {
      setWorkspace({ workflows: openWorkflows(openProject()).workflows })
      judgeOpened()
    },
  )
}
