import { describe, expect, it } from 'vitest';
import { alignColumns, DESCRIBE_STYLE, printTable } from './align-columns.ts';

describe('columns', () => {
  it('stand as kubectl get prints them', () => {
    const rows = [
      ['polls-5d4f8c7b9-abcde', '1/1', 'Running', '0', '3d'],
      ['x', '0/1', 'CrashLoopBackOff', '12 (3m ago)', '45s'],
    ];
    expect(printTable(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'], rows)).toMatchInlineSnapshot(`
      "NAME                    READY   STATUS             RESTARTS      AGE
      polls-5d4f8c7b9-abcde   1/1     Running            0             3d
      x                       0/1     CrashLoopBackOff   12 (3m ago)   45s
      "
    `);
  });

  it('begin anew after a line without cells, as in describe', () => {
    const text =
      'Name:\tpolls\nPriority Class Name:\tx\nIPs:\n  IP:\t10.0.0.1\nControlled By:\tReplicaSet/x\n';
    expect(alignColumns(text, DESCRIBE_STYLE)).toMatchInlineSnapshot(`
      "Name:                 polls
      Priority Class Name:  x
      IPs:
        IP:           10.0.0.1
      Controlled By:  ReplicaSet/x
      "
    `);
  });
});
