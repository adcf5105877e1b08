import { openPage } from "../_data/access";
import { QueuePage } from "../_queue/queue-page";
import { Login } from "../_ui/login";

export const metadata = { title: "Queue" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [queue, servers, errors] = await Promise.all([
    caller.queue.status(),
    caller.server.list(),
    caller.queue.errors(),
  ]);
  return <QueuePage queue={queue} servers={servers} errors={errors} at={Date.now()} />;
}
