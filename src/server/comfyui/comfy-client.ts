import { z } from "zod";
import { Cancels } from "./cancels";
import { openComfySession } from "./comfy-session";
import type { ComfySession, SessionListener } from "./comfy-session";
import { postCommand } from "./fetch-json";
import { getHistory } from "./history";
import type { HistoryEntry, OutputFile } from "./history";
import { createHttp } from "./http";
import { locatePrompt } from "./locate";
import type { PromptPlace } from "./locate";
import { silentLog } from "./log";
import type { Logger } from "./log";
import { getNodeInfo } from "./node-info";
import type { NodeInfo } from "@/server/workflow/node-info";
import { NodeInfoCache } from "./node-info-cache";
import { getQueue } from "./queue";
import type { QueueState } from "./queue";
import { listRuns, listSaved, readRun, readSaved } from "./saved-workflows";
import type { StoredWorkflow } from "./saved-workflows";
import { parseServerAddress } from "./server-address";
import { getServerStats } from "./server-stats";
import type { ServerStats } from "./server-stats";
import { notComfyError, statusError } from "./status-error";
import { defaultTimings } from "./timings";
import type { Timings } from "./timings";
import { downloadFile } from "./transfer";
import type { ImageUpload } from "./transfer";
import { hasUploadRoom, uploadImage } from "./upload-room";

export interface ComfyClientOptions {
  /** Where ComfyUI listens, http or https, a base path allowed: `http://127.0.0.1:8188`. */
  url: string;
  /** Sent with every request and with the WebSocket's handshake, e.g. an authorization. */
  headers?: Record<string, string>;
  log?: Logger;
  /** Waits that differ from the defaults. */
  timings?: Partial<Timings>;
}

/** One ComfyUI server. Every failure is a ComfyError; an aborted call rejects with its signal's reason. */
export interface ComfyClient {
  /** The server's address. */
  readonly url: string;
  /** Version and devices; `not_comfyui` if something else answers. */
  stats(signal?: AbortSignal): Promise<ServerStats>;
  /** Everybody's prompts. */
  queue(signal?: AbortSignal): Promise<QueueState>;
  /** The history of one prompt; null while it is queued, runs or is unknown. */
  history(promptId: string, signal?: AbortSignal): Promise<HistoryEntry | null>;
  /** A node class, remembered for a minute; null if it is not installed. */
  nodeInfo(classType: string, signal?: AbortSignal): Promise<NodeInfo | null>;
  /** Makes the next question about a node class go to the server. */
  forgetNodeInfo(): void;
  /** The files in a folder of models (`loras`, `diffusion_models`); none if ComfyUI has no such folder. */
  models(folder: string, signal?: AbortSignal): Promise<string[]>;
  /** What the server's user saved in the editor, and what ran there last, newest first. */
  workflows(signal?: AbortSignal): Promise<StoredWorkflow[]>;
  /** The text of one of them; `file_gone` if it is no longer there. */
  workflow(which: Pick<StoredWorkflow, "kind" | "id">, signal?: AbortSignal): Promise<string>;
  /** Uploads a picture; returns the value for `LoadImage.inputs.image`. `disk_full` where there is no room for it. */
  upload(image: ImageUpload, signal?: AbortSignal): Promise<string>;
  /** Whether there is room for a picture, found out by uploading one. */
  hasRoom(signal?: AbortSignal): Promise<boolean>;
  /** Fetches a picture, at most 500 MB; `file_gone` if it is no longer there. Its bytes are not checked here. */
  download(file: OutputFile, signal?: AbortSignal): Promise<Uint8Array>;
  /** Where a prompt is now: to be asked before a prompt is submitted again. */
  locate(promptId: string, signal?: AbortSignal): Promise<PromptPlace>;
  /**
   * Takes this prompt and no other out of the queue or interrupts it; it may run on until its node ends. Where the
   * server does not answer, the call fails, and is made again once a session's socket is open again.
   */
  cancel(promptId: string, signal?: AbortSignal): Promise<void>;
  /** Asks ComfyUI to unload its models, as after running out of memory. */
  free(signal?: AbortSignal): Promise<void>;
  /** Opens a lane's WebSocket. Close it when the lane ends. */
  openSession(listener?: SessionListener): ComfySession;
}

const fileNames = z.array(z.string());

/** A client for one server. Nothing is sent before the first call. Throws AddressError (a TypeError) if `url` is no address for a ComfyUI. */
export function createComfyClient(options: ComfyClientOptions): ComfyClient {
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const http = createHttp(parseServerAddress(options.url, options.headers), timings);
  const log = options.log ?? silentLog;
  const nodeInfos = new NodeInfoCache((classType) => getNodeInfo(http, classType), timings.nodeInfoTtlMs);
  const cancels = new Cancels(http, timings, log);
  return {
    url: http.address.url,
    stats: (signal) => getServerStats(http, signal),
    queue: (signal) => getQueue(http, { signal }),
    history: (promptId, signal) => getHistory(http, promptId, { signal }),
    nodeInfo: (classType, signal) => nodeInfos.get(classType, signal),
    forgetNodeInfo: () => nodeInfos.forget(),
    async models(folder, signal) {
      const answer = await http.get(`models/${encodeURIComponent(folder)}`, { signal });
      if (answer.status === 404) return [];
      if (answer.status !== 200) throw statusError(http.address.url, answer.status, "");
      const parsed = fileNames.safeParse(http.json(answer));
      if (parsed.success) return parsed.data;
      throw notComfyError(http.address.url, "its list of models has an unexpected shape");
    },
    workflows: async (signal) =>
      (await Promise.all([listSaved(http, signal), listRuns(http, signal)])).flat(),
    workflow: ({ kind, id }, signal) =>
      kind === "saved" ? readSaved(http, id, signal) : readRun(http, id, signal),
    upload: (image, signal) => uploadImage(http, timings, image, signal),
    hasRoom: (signal) => hasUploadRoom(http, timings, signal),
    download: (file, signal) => downloadFile(http, timings, file, signal),
    locate: (promptId, signal) => locatePrompt(http, promptId, { signal }),
    cancel: (promptId, signal) => cancels.cancel(promptId, signal),
    free: (signal) => postCommand(http, "free", { unload_models: true, free_memory: true }, { signal }),
    openSession(listener) {
      const onReconnected = (): void => {
        void cancels.repeat();
        listener?.onReconnected?.();
      };
      return openComfySession({ ...listener, onReconnected, http, timings, log, cancelled: cancels.asked });
    },
  };
}
