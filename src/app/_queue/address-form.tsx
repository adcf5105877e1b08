"use client";
import { useMutation } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { serverAddressInput, type ServerAddressInput } from "@/lib/schemas/server";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button, IconButton } from "../_ui/button";
import { INPUT } from "../_ui/field";
import { ProblemNote } from "../_ui/problem-note";
import { TextBox } from "../_ui/text-box";
import { ReportCard } from "./report-card";

interface AddressFormProps {
  onConnect: (input: ServerAddressInput) => void;
  isConnecting: boolean;
}

interface Header {
  name: string;
  value: string;
}

/** An address that is typed, with headers for a proxy; it is looked at before it is kept. */
export function AddressForm({ onConnect, isConnecting }: AddressFormProps) {
  const trpc = useTRPC();
  const [url, setUrl] = useState("");
  const [headers, setHeaders] = useState<Header[]>([]);
  const [fault, setFault] = useState<{ field: string; message: string } | null>(null);
  const check = useMutation(trpc.server.check.mutationOptions());
  const change = (work: () => void) => {
    work();
    setFault(null);
    check.reset();
  };
  const problem = check.error && toProblem(check.error);
  const atUrl = fault?.field === "url" ? fault.message : problem?.field === "url" ? problem : null;

  const input = (): ServerAddressInput | null => {
    const named = headers.filter((one) => one.name.trim() !== "" || one.value !== "");
    const parsed = serverAddressInput.safeParse({
      url,
      ...(named.length > 0 && { headers: Object.fromEntries(named.map((one) => [one.name, one.value])) }),
    });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    setFault({ field: String(issue?.path[0]), message: issue?.message ?? "" });
    return null;
  };
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = input();
    if (wanted) check.mutate(wanted);
  };
  return (
    <form onSubmit={look} noValidate className="space-y-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextBox
            label="Address of a ComfyUI"
            limit={2_000}
            value={url}
            onChange={(next) => change(() => setUrl(next))}
            placeholder="http://192.168.1.20:8188"
            spellCheck={false}
            inputMode="url"
            problem={
              typeof atUrl === "string"
                ? atUrl
                : atUrl && [atUrl.message, atUrl.remedy].filter(Boolean).join(" ")
            }
          />
        </div>
        <Button type="submit" className="mt-[22px]" isBusy={check.isPending}>
          Look
        </Button>
      </div>
      {headers.map((header, index) => (
        <div key={index} className="flex items-center gap-2">
          <input
            aria-label={`Name of header ${index + 1}`}
            placeholder="Authorization"
            autoComplete="off"
            spellCheck={false}
            value={header.name}
            onChange={(event) =>
              change(() => setHeaders(headers.with(index, { ...header, name: event.target.value })))
            }
            className={`${INPUT} h-8 w-2/5 touch:h-11`}
          />
          <input
            aria-label={`Value of header ${index + 1}`}
            placeholder="Bearer …"
            type="password"
            autoComplete="off"
            value={header.value}
            onChange={(event) =>
              change(() => setHeaders(headers.with(index, { ...header, value: event.target.value })))
            }
            className={`${INPUT} h-8 flex-1 touch:h-11`}
          />
          <IconButton
            label={`Without header ${index + 1}`}
            onClick={() => change(() => setHeaders(headers.toSpliced(index, 1)))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      {fault?.field === "headers" && <p className="text-meta text-bad">{fault.message}</p>}
      <Button
        look="quiet"
        className="-ml-2"
        onClick={() => setHeaders([...headers, { name: "", value: "" }])}
      >
        <Plus size={14} aria-hidden /> Header for a proxy
      </Button>
      {problem && problem.field !== "url" && <ProblemNote problem={problem} />}
      {check.data && (
        <ReportCard report={check.data} title="ComfyUI answers">
          <Button
            look="primary"
            isBusy={isConnecting}
            onClick={() => {
              const wanted = input();
              if (wanted) onConnect(wanted);
            }}
          >
            Connect {new URL(check.data.url).host}
          </Button>
        </ReportCard>
      )}
    </form>
  );
}
