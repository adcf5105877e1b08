import { openPage } from "../../_data/access";
import { at, readAll } from "../../_data/read-all";
import { ModelsPage } from "../../_models/models-page";
import { Login } from "../../_ui/login";

export const metadata = { title: "Models" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [models, queue] = await Promise.all([
    readAll((cursor) => caller.model.list(at(cursor))),
    caller.queue.status(),
  ]);
  return <ModelsPage models={models} queue={queue} at={Date.now()} />;
}
