"use client";
import { useQueries } from "@tanstack/react-query";
import { FileJson2, History } from "lucide-react";
import { useState } from "react";
import { toProblem } from "../_data/problem";
import { useTRPC, useTRPCClient } from "../_data/trpc";
import { Dialog, DialogBody } from "../_ui/dialog";
import { INPUT } from "../_ui/field";
import { ProblemNote } from "../_ui/problem-note";
import { cx } from "../_ui/class-names";
import { clock } from "../_ui/wording";
import type { UploadedWorkflow } from "./model-values";
import { asUpload } from "./read-upload";

interface ServerWorkflowsProps {
  servers: readonly { url: string; name: string }[];
  onClose: () => void;
  onUpload: (upload: UploadedWorkflow) => void;
}

interface Entry {
  server: { url: string; name: string };
  kind: "saved" | "run";
  id: string;
  name: string;
  at: string | null;
}

/** The workflows that a connected ComfyUI has: saved in its editor, or run there lately. */
export function ServerWorkflows({ servers, onClose, onUpload }: ServerWorkflowsProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [search, setSearch] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [taking, setTaking] = useState<string | null>(null);
  const lists = useQueries({
    queries: servers.map(({ url }) => ({
      ...trpc.server.workflows.queryOptions({ url }),
      staleTime: 0,
      retry: false,
    })),
  });
  const entries = lists.flatMap(({ data }, index) =>
    (data?.items ?? []).map((one): Entry => ({ ...one, server: servers[index]! })),
  );
  const words = search.trim().toLowerCase();
  const shown = entries.filter(({ name }) => name.toLowerCase().includes(words));
  const failed = lists.find(({ error }) => error)?.error;
  const isLoading = lists.some(({ isPending }) => isPending);

  const take = async ({ server, kind, id, name }: Entry) => {
    setFault(null);
    setTaking(`${server.url} ${id}`);
    try {
      const { text } = await client.server.workflow.query({ url: server.url, kind, id });
      const upload = asUpload(name, text);
      if (typeof upload === "string") return setFault(upload);
      onUpload(upload);
      onClose();
    } catch (error) {
      setFault(toProblem(error).message);
    } finally {
      setTaking(null);
    }
  };
  return (
    <Dialog
      isOpen
      isWide
      onClose={onClose}
      title="A workflow from ComfyUI"
      description="What was saved in its editor, and what ran there last."
    >
      <DialogBody className="space-y-3">
        <input
          data-autofocus
          type="search"
          aria-label="Search workflows"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={cx(INPUT, "h-8 w-full touch:h-11")}
        />
        {failed && <ProblemNote problem={toProblem(failed)} />}
        <p aria-live="polite" className="text-meta text-bad empty:hidden">
          {fault}
        </p>
        {shown.length > 0 ? (
          <ul className="max-h-[50dvh] divide-y divide-line overflow-y-auto rounded border border-line">
            {shown.map((entry) => {
              const Icon = entry.kind === "saved" ? FileJson2 : History;
              return (
                <li key={`${entry.server.url} ${entry.kind} ${entry.id}`}>
                  <button
                    type="button"
                    disabled={taking !== null}
                    onClick={() => void take(entry)}
                    className="flex min-h-11 w-full items-center gap-2 px-3 py-1.5 text-left hover:bg-lifted focus-visible:outline-offset-[-2px] disabled:opacity-60"
                  >
                    <Icon size={16} className="shrink-0 text-muted" aria-hidden />
                    <span className="min-w-0 flex-1 truncate">{entry.name}</span>
                    <span className="shrink-0 text-meta text-muted">{whenOf(entry, servers.length > 1)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        ) : (
          <p className="py-6 text-center text-muted">
            {isLoading
              ? "Asking ComfyUI…"
              : entries.length > 0
                ? "No workflow has these words in its name."
                : "ComfyUI has no saved workflows, and nothing ran there since it was started."}
          </p>
        )}
      </DialogBody>
    </Dialog>
  );
}

function whenOf({ kind, at, server }: Entry, isOfMany: boolean): string {
  const when =
    at === null
      ? null
      : kind === "run"
        ? `ran at ${clock(Date.parse(at))}`
        : new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return [when, isOfMany && server.name].filter(Boolean).join(" · ");
}
