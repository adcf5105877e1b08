import { openPage } from "./_data/access";
import { ProjectsPage } from "./_projects/projects-page";
import { Login } from "./_ui/login";

export const metadata = { title: "Projects" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [list, queue] = await Promise.all([caller.project.list(), caller.queue.status()]);
  return <ProjectsPage list={list} queue={queue} at={Date.now()} />;
}
