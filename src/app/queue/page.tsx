import { openPage } from "../_data/access";
import { QueuePage } from "../_queue/queue-page";
import { Login } from "../_ui/login";

export const metadata = { title: "Queue" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  return <QueuePage queue={await caller.queue.status()} at={Date.now()} />;
}
