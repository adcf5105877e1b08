import { UserRound } from "lucide-react";
import type { Character } from "@/lib/schemas/character";
import { openPage } from "../_data/access";
import { LibraryItem, LibraryPage, Tag } from "../_library/library-page";
import { Login } from "../_ui/login";
import { thumbnail } from "../_ui/media-url";

export const metadata = { title: "Characters" };

const KINDS: Record<Character["kind"], string> = { person: "Person", place: "Place", object: "Object" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [{ items }, { isDemo }] = await Promise.all([caller.character.list(), caller.queue.status()]);
  return (
    <LibraryPage
      title="Characters"
      text="People, places and objects with reference pictures. A shot takes those of its project’s cast whose names stand in its sentence."
      isDemo={isDemo}
      empty="There is no character yet."
    >
      {items
        .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
        .map((one) => (
          <LibraryItem key={one.id}>
            <div className="flex gap-4">
              <Portrait character={one} />
              <div className="min-w-0 flex-1 space-y-1.5">
                <div className="flex items-center gap-2">
                  <h2 className="min-w-0 flex-1 truncate text-lead font-medium">{one.name}</h2>
                  <Tag>{KINDS[one.kind]}</Tag>
                </div>
                <p className="text-soft">{one.description || "No description."}</p>
                <p className="text-meta text-muted">
                  {one.images.length === 1
                    ? "1 reference picture"
                    : `${one.images.length} reference pictures`}
                </p>
              </div>
            </div>
          </LibraryItem>
        ))}
    </LibraryPage>
  );
}

function Portrait({ character }: { character: Character }) {
  const image = character.images.find((one) => one.isMain) ?? character.images[0];
  return image ? (
    <img src={thumbnail(image.url, 320)} alt="" className="size-24 shrink-0 rounded object-cover" />
  ) : (
    <span className="grid size-24 shrink-0 place-items-center rounded bg-lifted text-muted">
      <UserRound size={24} aria-hidden />
    </span>
  );
}
