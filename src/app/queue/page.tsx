import { openPage } from "../_data/access";
import { at, readAll } from "../_data/read-all";
import { QueuePage } from "../_queue/queue-page";
import { Login } from "../_ui/login";

export const metadata = { title: "Queue" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [queue, servers, errors, models] = await Promise.all([
    caller.queue.status(),
    caller.server.list(),
    caller.queue.errors(),
    readAll((cursor) => caller.model.list(at(cursor))),
  ]);
  return (
    <QueuePage
      queue={queue}
      servers={servers}
      errors={errors}
      models={models
        .filter((one) => one.isActive && one.workflowCategory === "image")
        .map(({ id, name }) => ({ id, name }))}
      at={Date.now()}
    />
  );
}
