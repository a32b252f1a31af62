/** Leaving with the board. What is in the dialog is fetched when it is first opened. */
import { type ComponentType, lazy, Suspense } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { Dialog } from '../ui/dialog.tsx';

type Props = { workspace: Workspace; close: () => void };

const Unfetched = () => (
  <p className="fault" role="alert">
    What can be exported could not be fetched from the server. Nothing is lost; load the page again.
  </p>
);

/** The dialog comes with what is in it, which takes the focus as it opens. */
const within = (Form: ComponentType<Props>) => (props: Props) => (
  <Dialog title="Export" wide onClose={props.close}>
    <Form {...props} />
  </Dialog>
);

const Export = lazy(() =>
  import('./export-form.tsx').then(
    ({ ExportForm }) => ({ default: within(ExportForm) }),
    () => ({ default: within(Unfetched) }),
  ),
);

export function ExportDialog({ workspace }: { workspace: Workspace }) {
  const open = workspace.use(({ session }) => session.dialog === 'export' || session.dialog === 'link');
  const close = () => workspace.session({ dialog: null });
  return (
    open && (
      <Suspense fallback={null}>
        <Export workspace={workspace} close={close} />
      </Suspense>
    )
  );
}
