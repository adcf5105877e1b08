import { openPage } from "./_data/access";
import { ProjectsPage } from "./_projects/projects-page";
import { Login } from "./_ui/login";

// The layout's own page is not in its template.
export const metadata = { title: { absolute: "Projects · Shotboard" } };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [list, queue] = await Promise.all([caller.project.list(), caller.queue.status()]);
  return <ProjectsPage list={list} queue={queue} at={Date.now()} />;
}
