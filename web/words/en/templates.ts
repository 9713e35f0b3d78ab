import { inLanguage } from '../words.ts';

/** A document to begin with. Its title follows the first heading of its text. */
export interface Template {
  readonly name: string;
  /** What it is good for, in a few words. */
  readonly about: string;
  /** The Markdown of a new document. `today` is a date in words. */
  content(today: string): string;
}

/** The templates, in the order in which they are offered. */
export const templateWords = inLanguage('templates', {
  meeting: {
    name: 'Meeting notes',
    about: 'Agenda, decisions, who does what',
    content: (today) => `# Meeting notes, ${today}

**Present:** 
**Absent:** 

## Agenda

1. What has happened since the last meeting
2. 
3. Next meeting

## Notes



## Decisions

- 

## Who does what

- [ ] What, who, by when
- [ ] 

Next meeting: 
`,
  },
  project: {
    name: 'Project plan',
    about: 'Goal, milestones, risks, open questions',
    content: (today) => `# Project plan

Started on ${today} · Written by 

## Goal

> In one sentence: what will be better for whom when this is done?

**In scope:** 

**Out of scope:** 

## Milestones

| By when | What will be done | Who |
| ------- | ----------------- | --- |
|         |                   |     |
|         |                   |     |

## Next steps

- [ ] 
- [ ] 

## Risks

| What could go wrong | What we do about it |
| ------------------- | ------------------- |
|                     |                     |

## Open questions

1. 
`,
  },
  journal: {
    name: 'Weekly journal',
    about: 'Plan, days, what to keep',
    content: (today) => `# Week of ${today}

## What matters this week

- [ ] 
- [ ] 
- [ ] 

## Days

### Monday



### Tuesday



### Wednesday



### Thursday



### Friday



## Looking back

**Went well:** 

**Was hard:** 

**Next week I will:** 
`,
  },
} satisfies Record<string, Template> as Readonly<Record<'meeting' | 'project' | 'journal', Template>>);
