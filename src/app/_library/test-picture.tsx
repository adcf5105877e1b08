"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ImageIcon, Sparkles, Square } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button } from "../_ui/button";
import { thumbnails } from "../_ui/media-url";
import { ProblemNote } from "../_ui/problem-note";

/** ms between two looks at a job. */
const LOOK = 400;

interface TestPictureProps {
  /** null: there is nothing that could paint. */
  modelId: string | null;
  styleId?: string;
  /** What to paint; a sample of Shotboard's own where left out. */
  prompt?: string | undefined;
  /** The last picture, and what it is. */
  lastUrl: string | null;
  lastWords: string;
  /** Why none can be painted now. */
  obstacle: string | null;
  /** Shown under the picture. */
  children?: ReactNode;
  onPainted: () => void;
}

/** One picture that belongs to no shot: painted on a press, live, then kept as the newest. */
export function TestPicture(props: TestPictureProps) {
  const { modelId, styleId, prompt, lastUrl, lastWords, obstacle, children, onPainted } = props;
  const trpc = useTRPC();
  const [jobId, setJobId] = useState<string | null>(null);
  const start = useMutation(
    trpc.model.test.mutationOptions({ onSuccess: ({ jobId: started }) => setJobId(started) }),
  );
  const cancel = useMutation(trpc.image.cancel.mutationOptions());
  const { data: job, error: lookError } = useQuery({
    ...trpc.job.get.queryOptions({ jobId: jobId ?? "none" }),
    enabled: jobId !== null,
    refetchInterval: ({ state }) =>
      state.data?.status === "queued" || state.data?.status === "running" || !state.data ? LOOK : false,
  });
  const isOpen =
    start.isPending || (jobId !== null && (!job || job.status === "queued" || job.status === "running"));
  const isDone = job?.status === "completed";
  const painted = useRef(onPainted);
  useEffect(() => {
    painted.current = onPainted;
  });
  useEffect(() => {
    // Once for each job, whoever hands down the callback.
    if (isDone) painted.current();
  }, [isDone, jobId]);

  const resultUrl = isDone ? `/media/jobs/${job.id}/result.png` : null;
  const previewUrl = job && job.preview > 0 ? `/media/jobs/${job.id}/preview?n=${job.preview}` : null;
  const url = resultUrl ?? lastUrl;
  const error = start.error ?? lookError ?? cancel.error;
  return (
    <figure className="space-y-2">
      <div className="relative overflow-hidden rounded bg-raised">
        {isOpen && previewUrl ? (
          <img src={previewUrl} alt="" className="aspect-video w-full object-contain" />
        ) : url ? (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label="Open the picture in full size"
            className="block"
          >
            <img
              src={`${url}?w=640`}
              srcSet={thumbnails(url)}
              sizes="400px"
              alt=""
              className="aspect-video w-full object-contain"
            />
          </a>
        ) : (
          <div className="unpainted grid aspect-video w-full place-items-center text-muted">
            <ImageIcon size={28} aria-hidden />
          </div>
        )}
        {isOpen && (
          <>
            <progress aria-label="Test picture" max={100} value={job?.progress ?? 0} className="sr-only" />
            <div aria-hidden className="absolute inset-x-0 bottom-0 h-[3px] bg-line">
              <div
                className="h-full bg-accent transition-[width] duration-150"
                style={{ width: `${job?.progress ?? 0}%` }}
              />
            </div>
          </>
        )}
      </div>
      <div className="flex min-h-8 items-center gap-2">
        <figcaption aria-live="polite" className="min-w-0 flex-1 text-meta text-muted">
          {isOpen
            ? (job?.step ?? (job?.status === "queued" ? "in line" : "starting"))
            : job?.status === "cancelled"
              ? "Cancelled"
              : (obstacle ?? lastWords)}
        </figcaption>
        {isOpen && job ? (
          <Button isBusy={job.isCancelling} onClick={() => cancel.mutate({ jobIds: [job.id] })}>
            <Square size={14} aria-hidden /> Cancel
          </Button>
        ) : (
          <Button
            disabled={obstacle !== null || modelId === null}
            isBusy={start.isPending}
            onClick={() =>
              modelId !== null &&
              start.mutate({
                modelId,
                ...(styleId !== undefined && { styleId }),
                ...(prompt?.trim() && { prompt: prompt.trim() }),
              })
            }
          >
            <Sparkles size={14} aria-hidden /> Test picture
          </Button>
        )}
      </div>
      {children}
      {error && <ProblemNote problem={toProblem(error)} />}
      {job?.error && <ProblemNote problem={job.error} />}
      {isDone && job.notes.length > 0 && (
        <ul className="space-y-0.5 text-meta text-muted">
          {job.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}
