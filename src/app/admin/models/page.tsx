import type { Model, WorkflowType } from "@/lib/schemas/model";
import { openPage } from "../../_data/access";
import { Facts, LibraryItem, LibraryPage, Tag } from "../../_library/library-page";
import { Login } from "../../_ui/login";

export const metadata = { title: "Models" };

const TYPES: Record<WorkflowType, string> = {
  "text-to-image": "Text to image",
  "image-to-image": "Image to image",
  "image-to-video": "Image to video",
};

export default async function Page() {
  const caller = await openPage();
  if (!caller) return <Login />;
  const [{ items }, { isDemo }] = await Promise.all([caller.model.list(), caller.queue.status()]);
  return (
    <LibraryPage
      title="Models"
      text="A model is a ComfyUI workflow with its defaults. A project paints with one; a shot may have its own."
      isDemo={isDemo}
      empty="There is no model yet."
    >
      {items
        .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
        .map((one) => (
          <LibraryItem key={one.id}>
            <div className="flex items-center gap-2">
              <h2 className="min-w-0 flex-1 truncate text-lead font-medium">{one.name}</h2>
              {!one.isActive && <Tag isOff>Off</Tag>}
              <Tag>{TYPES[one.workflowType]}</Tag>
            </div>
            <Facts facts={factsOf(one)} />
          </LibraryItem>
        ))}
    </LibraryPage>
  );
}

function factsOf(model: Model) {
  const slots = [...new Set(model.slots.map((one) => one.slot))];
  const references = model.maxReferences === 0 ? "takes none" : `up to ${model.maxReferences}`;
  return [
    ["Workflow", model.workflowFile ?? "the default of its type"],
    ["Steps, cfg", `${model.defaultSteps}, ${model.defaultCfg}`],
    ["References", references],
    ["Fills in", slots.length === 0 ? "nothing was found" : slots.join(", ")],
  ] as const;
}
