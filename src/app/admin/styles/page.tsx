import type { Style } from "@/lib/schemas/style";
import { openPage } from "../../_data/access";
import { Facts, LibraryItem, LibraryPage, Tag } from "../../_library/library-page";
import { Login } from "../../_ui/login";

export const metadata = { title: "Styles" };

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [{ items }, { items: models }, { isDemo }] = await Promise.all([
    caller.style.list(),
    caller.model.list(),
    caller.queue.status(),
  ]);
  const nameOf = (id: string) => models.find((one) => one.id === id)?.name ?? id;
  return (
    <LibraryPage
      title="Styles"
      text="A style’s words go before every image prompt; a LoRA style also loads a file. A project has one; a shot may have its own."
      isDemo={isDemo}
      empty="There is no style yet."
    >
      {items
        .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
        .map((one) => (
          <LibraryItem key={one.id}>
            <div className="flex items-center gap-2">
              <h2 className="min-w-0 flex-1 truncate text-lead font-medium">{one.name}</h2>
              {!one.isActive && <Tag isOff>Off</Tag>}
              <Tag>{one.styleType === "lora" ? "LoRA" : "Prompt"}</Tag>
            </div>
            <p className={one.promptPrefix ? "text-soft" : "text-muted"}>
              {one.promptPrefix ?? "Adds no words."}
            </p>
            <Facts facts={factsOf(one, nameOf)} />
          </LibraryItem>
        ))}
    </LibraryPage>
  );
}

function factsOf(style: Style, nameOf: (modelId: string) => string) {
  const facts: (readonly [string, string])[] = [];
  if (style.negativePrompt) facts.push(["Without", style.negativePrompt]);
  if (style.loraFile) facts.push(["File", `${style.loraFile}, strength ${style.loraStrength}`]);
  if (style.compatibleModels.length > 0)
    facts.push(["Goes with", style.compatibleModels.map(nameOf).join(", ")]);
  if (style.requiresCharacterRef) facts.push(["Needs", "a character with a reference picture"]);
  return facts;
}
