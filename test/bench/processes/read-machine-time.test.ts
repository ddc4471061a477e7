import { describe, expect, it } from 'vitest';
import { idleShare, parseMachineTime } from './read-machine-time.js';

describe('the time of the machine', () => {
  it('has the wait for the disk in its idle part, and counts no guest twice', () => {
    const before = parseMachineTime('cpu  100 0 50 800 50 0 0 0 20 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n');
    const after = parseMachineTime('cpu  160 0 60 820 60 0 0 0 40 0\n');
    expect(before).toEqual({ all: 1_000, idle: 850 });
    expect(idleShare(before, after)).toBeCloseTo(0.3);
    expect(idleShare(null, after)).toBeNaN();
  });
});
