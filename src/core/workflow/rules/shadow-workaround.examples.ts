/** Examples of `shadow-workaround.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const shadowWorkaroundExamples: Examples<SketchCase> = {
  code: 'workflow/shadow-workaround',
  decides:
    'A step on paper, in a spreadsheet or by word of mouth flags if it reads or writes an element that belongs to the record. By word of mouth, a step that writes nothing flags only if it hands on, notifies, requests or transcribes. Steps that only exceptions lead to are left out. A new check of safety in the future map that writes nothing does not flag. A workaround that somebody noted flags as long as the step that causes it is there.',
  flags: [
    {
      name: 'a paper list beside the record',
      subject: { map: 'element allergies record\nNurse: Keep list {paper 2m reads=none writes=allergies}' },
    },
    {
      name: 'the cause of the workaround is still there',
      subject: {
        before: 'Nurse: Order set {screen 2m reads=none writes=none} -> Nurse: Ask colleague {phone 1m workaround=order-set}',
        map: 'Nurse: Order set {screen 2m reads=none writes=none} -> Nurse: Ask colleague {phone 1m}',
      },
    },
  ],
  passes: [
    {
      name: 'the list holds nothing of the record',
      subject: { map: 'element keys\nNurse: Keep list {paper 2m reads=none writes=keys}' },
    },
    {
      name: 'the same list on a screen of the system',
      subject: { map: 'element allergies record\nNurse: Keep list {screen 2m reads=none writes=allergies}' },
    },
    {
      name: 'paper only while the system is down',
      subject: {
        map: 'element dose record\nNurse: Chart dose {screen 1m reads=none writes=dose} -> end\nNurse: Chart dose -exception-> Nurse: Note dose {paper 2m reads=none writes=dose} -> end',
      },
    },
  ],
}
