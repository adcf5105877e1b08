import { openPage } from "../../_data/access";
import { at, readAll } from "../../_data/read-all";
import { StylesPage } from "../../_styles/styles-page";
import { Login } from "../../_ui/login";

export const metadata = { title: "Styles" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [styles, models, { isDemo }] = await Promise.all([
    readAll((cursor) => caller.style.list(at(cursor))),
    readAll((cursor) => caller.model.list(at(cursor))),
    caller.queue.status(),
  ]);
  return <StylesPage styles={styles} models={models} isDemo={isDemo} at={Date.now()} />;
}
