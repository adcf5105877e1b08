import { CharactersPage } from "../_characters/characters-page";
import { openPage } from "../_data/access";
import { at, readAll } from "../_data/read-all";
import { Login } from "../_ui/login";

export const metadata = { title: "Characters" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [characters, { isDemo }] = await Promise.all([
    readAll((cursor) => caller.character.list(at(cursor))),
    caller.queue.status(),
  ]);
  return <CharactersPage characters={characters} isDemo={isDemo} at={Date.now()} />;
}
