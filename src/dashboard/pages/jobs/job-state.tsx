import type { JSX } from 'preact';
import type { JobRowFactsFragment } from '../../api/operations.js';
import { Badge, type Tone } from '../../ui/badge.js';

type State = JobRowFactsFragment['state'];

const states: Readonly<Record<State, { title: string; tone: Tone }>> = {
  QUEUED: { title: 'Queued', tone: 'neutral' },
  RUNNING: { title: 'Running', tone: 'neutral' },
  PAUSED: { title: 'Paused', tone: 'warning' },
  CANCELED: { title: 'Canceled', tone: 'neutral' },
  COMPLETED: { title: 'Completed', tone: 'good' },
  FAILED: { title: 'Failed', tone: 'bad' },
};

export const jobStates = [
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'CANCELED',
  'COMPLETED',
  'FAILED',
] as const satisfies readonly State[];

export const titleOfState = (state: State): string => states[state].title;

/** The state of a job. One that was never started is not paused for its reader. */
export const JobState = ({
  job: { state, pauseReason },
}: {
  job: Pick<JobRowFactsFragment, 'state' | 'pauseReason'>;
}): JSX.Element => {
  if (pauseReason?.code === 'NOT_STARTED') return <Badge>Not started</Badge>;
  const { title, tone } = states[state];
  return <Badge tone={tone}>{title}</Badge>;
};
