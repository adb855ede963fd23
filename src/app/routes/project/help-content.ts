/** The words and keys that Help shows. */
import { chartKeys } from '../review/chart/verdict-keys.ts'

export const shortcuts: readonly { readonly where: string; readonly keys: readonly (readonly [keys: string, what: string])[] }[] =
  [
    {
      where: 'Everywhere',
      keys: [
        ['Ctrl K', 'Search or run'],
        ['?', 'This page'],
        ['Ctrl Z / Ctrl Shift Z', 'Undo, redo'],
        ['Ctrl S', 'Save the project in this browser, or in its folder'],
        ['Ctrl Shift S', 'Save as a .carryover file'],
        ['/', 'Filter'],
        ['Esc', 'Close, deselect'],
        ['g then r, w, d, f, s', 'Readiness, Compare, Sources, Findings, Review records'],
        ['g then m, c', 'Mapping, Reconcile'],
      ],
    },
    {
      where: 'Canvas',
      keys: [
        ['T, D, W, P, N', 'Add step, decision, wait, document, note'],
        ['Page Down / Page Up', 'Next, previous step in flow order'],
        ['← → ↑ ↓', 'Neighbour along the flow, across it'],
        ['Alt + arrows', 'Move by 8 px, with Shift by 32 px'],
        ['Enter', 'Edit the label'],
        ['Ctrl Enter', 'Add the next step and connect it'],
        ['C', 'Connect to…'],
        ['L', 'Lane of the selection'],
        ['R', 'Trace the selection to…'],
        ['X', 'Show or hide all trace links'],
        ['Delete, Shift Delete', 'Delete and bridge, delete without bridging'],
        ['Ctrl D, Ctrl C, Ctrl X, Ctrl V', 'Duplicate, copy, cut, paste'],
        ['Ctrl A, A', 'Select all, align or distribute'],
        ['Ctrl G, Ctrl Shift G, O', 'Group into a sub-workflow, open it, edit inside (Esc goes out)'],
        ['I, Shift F10', 'Details, list of actions'],
        ['V, H', 'Select, pan'],
        ['Shift 0, 1, 2', '100 %, fit all, fit the selection'],
        ['Shift T', 'Table view'],
      ],
    },
    {
      where: 'Findings and tables',
      keys: [
        ['↑ ↓', 'Rows'],
        ['→, Enter', 'Open'],
        ['←', 'Close'],
        ['J, K', 'Next, previous group'],
        ['A', 'Accept…'],
        ['E', 'Export'],
      ],
    },
    {
      where: 'Mapping',
      keys: [
        ['↑ ↓', 'Lines'],
        ['N', 'Next unmapped field'],
        ['Enter', 'Confirm the line'],
        ['Delete', 'Clear the line, or open it again'],
        ['T', 'Confirm the proposals of the table that carry a value'],
        ['V', 'Value map'],
      ],
    },
    {
      where: 'Review',
      keys: chartKeys,
    },
  ]

export const glossary: readonly (readonly [word: string, meaning: string])[] = [
  ['Project', 'One move from one legacy system to one target system.'],
  ['Workflow', 'A named pair: the current and the future map, with trace links between their steps.'],
  ['Source', 'A file or server, on the legacy or the target side.'],
  ['Mapping', 'Which legacy field becomes which target field, and which value becomes which.'],
  ['Coverage', 'The share of filled legacy cells that somebody has decided about: carried, or left behind with reason and name.'],
  ['Unaccounted', 'A legacy record that neither arrived nor was merged, left out by rule or explained by anybody.'],
  ['Run', 'One execution of all checks over files known by their digest.'],
  ['Finding', 'One rule at one place with an exact count.'],
  ['Known', 'A finding that a named person has accepted, with a reason, until a day.'],
  ['Verdict', 'A clinician’s judgement of one difference.'],
  ['Sign-off', 'A signature over plan, verdicts, run, mapping and sources.'],
  ['Gate', 'A phase of the readiness board with its evidence.'],
  ['Digitized bottleneck', 'A step whose wait survived while only its medium changed: moved, not removed.'],
]
