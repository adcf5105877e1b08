"use client";
import { useSyncExternalStore } from "react";
import { CopyButton } from "../../../_ui/copy-button";
import { LinkButton } from "../../../_ui/link-button";
import { MessagePage } from "../../../_ui/message-page";
import type { Drafts } from "../live/drafts";

/** What is left of a board whose project was deleted while it was open: also what was typed into a shot and not stored yet. */
export function Gone({ name, drafts }: { name: string; drafts: Drafts }) {
  const typed = useSyncExternalStore(drafts.subscribe, drafts.texts, drafts.texts);
  const texts = typed.filter((text) => text.trim() !== "");
  return (
    <MessagePage
      title="This project was deleted"
      text={`“${name}” and its pictures were deleted in another window.`}
    >
      {texts.length > 0 && (
        <section aria-labelledby="unsaved" className="w-full space-y-2 pb-2">
          <h2 id="unsaved" className="text-soft">
            You had typed this, and it was not stored any more:
          </h2>
          <ul className="space-y-2">
            {texts.map((text, index) => (
              <li key={index} className="flex items-start gap-2 rounded border border-line px-3 py-2">
                <p className="max-h-40 min-w-0 flex-1 overflow-y-auto wrap-anywhere whitespace-pre-wrap">
                  {text}
                </p>
                <CopyButton
                  text={text}
                  label={texts.length === 1 ? "Copy the text" : `Copy text ${index + 1}`}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <LinkButton href="/">All projects</LinkButton>
    </MessagePage>
  );
}
