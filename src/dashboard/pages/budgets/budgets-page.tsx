import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { BudgetDestinationsDocument, BudgetsDocument, DeleteBudgetDocument } from '../../api/operations.js';
import { useChange, useReading } from '../../api/use-operation.js';
import { usePages } from '../../api/use-pages.js';
import { rolesWith, useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { MoreButton } from '../../ui/more-button.js';
import { useNotices } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Budget, type BudgetAction, BudgetItem } from './budget-item.js';
import { EditBudgetDialog } from './edit-budget-dialog.js';
import { NewBudgetDialog } from './new-budget-dialog.js';

type Open = BudgetAction | { kind: 'NEW' };

export const BudgetsPage = (): JSX.Element => {
  const { may } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Page
      title="Budgets"
      description="Limits of credits per period: for the workspace, a workflow, a connection, a token or the managed account."
      actions={
        may('MANAGE_BUDGETS') ? (
          <Button kind="primary" onClick={() => setOpen({ kind: 'NEW' })}>
            Set a budget
          </Button>
        ) : undefined
      }
    >
      <Panel title="Budgets" query={{ document: BudgetsDocument, variables: {} }}>
        {may('MANAGE_BUDGETS') ? null : (
          <p class="note">Only a token with the role {rolesWith('MANAGE_BUDGETS')} can change budgets.</p>
        )}
        <BudgetList choose={setOpen} />
      </Panel>
      {open?.kind === 'NEW' ? <NewBudgetDialog close={close} /> : null}
      {open?.kind === 'EDIT' ? <EditBudgetDialog budget={open.budget} close={close} /> : null}
      {open?.kind === 'DELETE' ? <DeleteBudget budget={open.budget} close={close} /> : null}
    </Page>
  );
};

const BudgetList = ({ choose }: { choose: (action: BudgetAction) => void }): JSX.Element => {
  const budgets = usePages(BudgetsDocument, {}, (data) => data.budgets);
  const destinations = useReading(BudgetDestinationsDocument, {});
  return (
    <Shown reading={destinations}>
      {({ alertDestinations }) => (
        <Shown reading={budgets}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title="No budget is set.">Only the accounts limit what is spent.</EmptyState>
            ) : (
              <>
                <ul class="rows">
                  {rows.map((budget) => (
                    <BudgetItem
                      key={budget.id}
                      budget={budget}
                      destinations={alertDestinations.nodes}
                      choose={choose}
                    />
                  ))}
                </ul>
                <MoreButton
                  hasMore={budgets.hasMore}
                  isLoading={budgets.isLoadingMore}
                  load={budgets.loadMore}
                  what="budgets"
                />
              </>
            )
          }
        </Shown>
      )}
    </Shown>
  );
};

const DeleteBudget = ({ budget, close }: { budget: Budget; close: () => void }): JSX.Element => {
  const { run } = useChange(DeleteBudgetDocument);
  const { announce } = useNotices();
  return (
    <ConfirmDialog
      title={`Delete ${budget.name}`}
      action="Delete budget"
      close={close}
      confirm={async () => {
        const { deleteBudget } = await run({ id: budget.id });
        if (deleteBudget.deletedId !== null) announce(`The budget ${budget.name} was deleted.`);
        return deleteBudget.userErrors;
      }}
    >
      <p>
        It limits nothing from the next lookup on, and raises no more alerts. The ledger keeps what was spent.
      </p>
    </ConfirmDialog>
  );
};
