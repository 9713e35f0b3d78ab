import { growth, fold, type Edit } from '../../text/edit.ts';
import { editFromOperations, submissionOperations } from '../../text/operation.ts';
import { transform, type Side } from '../../text/transform.ts';
import { accept, type Context, type Head, type Submission, type Verdict } from '../authority.ts';
import { Replica, type IncomingChange } from '../replica.ts';
import { REAL_DEPS, type SimulationDeps } from './simulation.ts';

/** Mistakes that the sync could have, each with the real code in all other respects. The simulation must find every one. */
export const MISTAKES: Readonly<Record<string, SimulationDeps>> = {
  'the replica believes its own copy, not the one that was committed': withReplica(
    class extends Replica {
      override receive(change: IncomingChange): Edit {
        const { inFlight } = this;
        const isOurs = inFlight !== undefined && change.seq === inFlight.seq;
        return super.receive(isOurs ? { ...change, edit: inFlight.edit } : change);
      }
    },
  ),
  'the replica takes its own change among the missed ones for somebody else’s': withReplica(
    class extends Replica {
      override receive(change: IncomingChange): Edit {
        const isAcknowledgement = change.edit === this.inFlight?.edit;
        return super.receive(isAcknowledgement ? change : { ...change, seq: undefined });
      }
    },
  ),
  'the replica does not see that a snapshot holds what is in flight': withReplica(
    class extends Replica {
      override reset(snapshot: Parameters<Replica['reset']>[0]): Edit {
        const known = this.inFlight === undefined ? snapshot.seq : this.inFlight.seq - 1;
        const visible = super.reset({ ...snapshot, seq: Math.min(snapshot.seq, known) });
        this.synchronised(snapshot.seq);
        return visible;
      }
    },
  ),
  'the replica takes back what it has sent, when it joins again, and sends it with what came after': withReplica(
    class extends Replica {
      override synchronised(seq: number): void {
        super.synchronised(seq);
        this.recallInFlight();
      }
    },
  ),
  'the replica keeps its own seq, whatever a snapshot says': withReplica(
    class extends Replica {
      override reset(snapshot: Parameters<Replica['reset']>[0]): Edit {
        const { seq } = this.state;
        const visible = super.reset(snapshot);
        this.synchronised(seq);
        return visible;
      }
    },
  ),
  'the replica forgets its buffer when a snapshot comes': withReplica(
    class extends Replica {
      override reset(snapshot: Parameters<Replica['reset']>[0]): Edit {
        this.takeSubmission({ units: Infinity, sites: Infinity });
        return super.reset({ ...snapshot, seq: Math.max(snapshot.seq, this.inFlight?.seq ?? 0) });
      }
    },
  ),
  'the two ends break ties differently': withRebase((edit, missed) => rebase(edit, missed, 'right')),
  'the server transforms over several changes as one': withRebase((edit, missed) =>
    rebase(edit, [fold(missed)], 'left'),
  ),
  'the server forgets what it has committed for a client': {
    ...REAL_DEPS,
    accept: (head, submission, context) => {
      const { client } = context;
      return accept(head, submission, { ...context, client: client && { ...client, seq: submission.seq - 1 } });
    },
  },
};

function withReplica(Wrong: typeof Replica): SimulationDeps {
  return { ...REAL_DEPS, createReplica: (state) => new Wrong(state) };
}

/** An authority that moves an edit over the changes it missed in a way of its own. */
function withRebase(move: (edit: Edit, missed: readonly Edit[]) => Edit): SimulationDeps {
  const wrong = (head: Head, submission: Submission, context: Context): Verdict => {
    const missed: Edit[] = [];
    for (let version = submission.version + 1; version <= head.version; version += 1) {
      missed.push(context.changeAt(version).edit);
    }
    const baseLength = head.text.length - missed.reduce((sum, edit) => sum + growth(edit), 0);
    const edit = move(editFromOperations(submission.operations, baseLength), missed);
    return accept(head, { ...submission, version: head.version, operations: submissionOperations(edit) }, context);
  };
  return { ...REAL_DEPS, accept: wrong };
}

function rebase(edit: Edit, over: readonly Edit[], side: Side): Edit {
  return over.reduce((moved, change) => transform(moved, change, side), edit);
}
