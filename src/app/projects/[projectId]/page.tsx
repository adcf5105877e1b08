import { cookies } from "next/headers";
import { openPage, orNotFound } from "../../_data/access";
import { Login } from "../../_ui/login";
import { BoardApp } from "./board/board-app";
import { parseView, VIEW_COOKIE } from "./model/view";

interface PageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: PageProps) {
  const caller = await openPage();
  if (!caller) return {};
  const { projectId } = await params;
  const project = await orNotFound(caller.project.get({ projectId }));
  return { title: project.name };
}

export default async function Page({ params }: PageProps) {
  const caller = await openPage();
  if (!caller) return <Login />;
  const { projectId } = await params;
  const project = await orNotFound(caller.project.get({ projectId }));
  const [queue, models, styles, cast, jar] = await Promise.all([
    caller.queue.status(),
    caller.model.list(),
    caller.style.list(),
    caller.cast.list({ projectId }),
    cookies(),
  ]);
  return (
    <BoardApp
      key={projectId}
      project={project}
      queue={queue}
      models={models.items}
      styles={styles.items}
      cast={cast.items}
      view={parseView(jar.get(VIEW_COOKIE)?.value)}
      at={Date.now()}
    />
  );
}
